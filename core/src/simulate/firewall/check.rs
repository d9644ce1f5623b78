//! What a matcher is once it is read, and what reading it needs.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;

use super::Pass;
use super::fits::Fits;
use super::lists::AddressLists;
use crate::simulate::network::Network;

/// A matcher that was read.
pub(super) type Check<'a> = Box<dyn Fn(&Pass<'_>) -> Fits + 'a>;

/// What reading needs.
pub(super) struct Reader<'r, 'a> {
    pub(super) network: &'r Network<'a>,
    pub(super) lists: &'r AddressLists<'a>,
    pub(super) interfaces: Known<'a>,
}

/// Whether a packet's interface is meant, for every interface that the router lists: packets are many, interfaces few.
pub(super) type Meant<'a> = Arc<BTreeMap<&'a [u8], bool>>;

/// What matchers mean, by their values: rules mostly name the same.
#[derive(Debug, Default)]
pub(super) struct Known<'a> {
    pub(super) lists: BTreeMap<&'a [u8], Meant<'a>>,
    pub(super) kinds: BTreeMap<&'a [u8], Meant<'a>>,
}
