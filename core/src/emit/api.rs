//! Changes → sentences of the API.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::call::{Call, is_hidden};
use super::resolve::{Gone, changes, resolve};
use super::{Address, NotReady, Replies, TransportError};
use crate::plan::{Change, Part, Plan};
use crate::routeros::router::Router;
use crate::routeros::value::Value;
use crate::routeros::word::attribute;

/// The calls that make changes one after the other over the API, on RouterOS 6 and 7.
///
/// # Errors
///
/// Those of [`Plan::api`].
pub fn api(changes: &[Change], router: &Router, gone: Gone) -> Result<Vec<ApiCall>, TransportError> {
    let calls = resolve(changes, router, gone)?.into_iter().enumerate();
    Ok(calls.map(|(place, call)| ApiCall { place, call }).collect())
}

impl Plan {
    /// A part of the plan as calls of the API, for `router` as it was read last: [`Part::Confirm`] and [`Part::Undo`] are for the
    /// router as it is after what was sent.
    ///
    /// Rows are addressed by the ids that `router` was read with: read it, plan, and send in one go. Whether ids stay the same
    /// over a reboot is unconfirmed. A row that is moved before one that is gone meanwhile comes to stand at the end
    /// (`ROUTEROS-BEHAVIOUR` §13).
    ///
    /// # Errors
    ///
    /// [`TransportError::IdsUnknown`] where `router` was read without ids; [`TransportError::Stale`] where it is not what the
    /// plan was made for any more; [`TransportError::NotRead`] where the plan needs a value that was not read;
    /// [`TransportError::NoGuard`] where a guard is asked for and cannot be had.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::emit::Replies;
    /// use multi_isp::{Options, Part, Router, plan_disable};
    ///
    /// let router = Router::from_rest(br#"{"/system/resource": {"version": "7.22.3 (stable)"}, "/ip/firewall/nat": [
    ///     {".id": "*1F", "chain": "srcnat", "action": "masquerade", "out-interface": "ether2", "comment": "multi-isp:nat:lte:1"}]}"#, None)?;
    /// let plan = plan_disable(&router, &Options::default())?;
    ///
    /// let mut replies = Replies::default();
    /// for call in plan.api(Part::Plan, &router)? {
    ///     let sentence = call.sentence(&replies)?;
    ///     assert_eq!(sentence.words(), [&b"/ip/firewall/nat/remove"[..], b"=.id=*1F"]);
    ///     assert_eq!(sentence.to_bytes(), b"\x17/ip/firewall/nat/remove\x08=.id=*1F\x00");
    ///     replies.api(&["!done"])?;
    /// }
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn api(&self, part: Part, router: &Router) -> Result<Vec<ApiCall>, TransportError> {
        api(&changes(self, part)?, router, Gone::of(part))
    }
}

/// A sentence whose ids may not all be known yet.
#[derive(Clone)]
pub struct ApiCall {
    place: usize,
    call: Call<Value>,
}

impl ApiCall {
    /// The place of the change that it makes among those that were given, from 0; a change may take several calls.
    pub fn change(&self) -> usize {
        self.call.change
    }

    /// The rows that it names.
    pub fn addresses(&self) -> impl Iterator<Item = Address> {
        self.call.addresses()
    }

    /// The sentence, when all calls before it are answered.
    ///
    /// # Errors
    ///
    /// What is missing, or that the router refused a call before it.
    pub fn sentence(&self, replies: &Replies) -> Result<Sentence, NotReady> {
        replies.next(self.place)?;
        let call = &self.call;
        let command = [&call.menu, "/", call.verb.word()].concat().into_bytes();
        let rows = call.named(replies)?.into_iter();
        let rows = rows.map(|(name, id)| attribute(name, id.to_string().as_bytes()));
        let values = call.values.iter().map(|(name, value)| match value {
            Some(value) => attribute(name, value.as_bytes()),
            // The form that community.routeros writes (`ROUTEROS-BEHAVIOUR` §13).
            None => attribute(&["!", name].concat(), b""),
        });
        Ok(Sentence {
            words: [command].into_iter().chain(rows).chain(values).collect(),
        })
    }
}

/// Secrets are not shown.
impl fmt::Debug for ApiCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.call, f)
    }
}

/// A sentence of the API: a command and its attributes, all known.
#[derive(Clone, PartialEq, Eq)]
pub struct Sentence {
    words: Vec<Vec<u8>>,
}

impl Sentence {
    /// The sentence that reads properties of those rows of a menu for which a query holds.
    pub(crate) fn print(menu: &str, properties: &[&str], query: &[Vec<u8>]) -> Self {
        let command = [menu, "/print"].concat().into_bytes();
        let list = attribute(".proplist", properties.join(",").as_bytes());
        let query = query.iter().map(|word| [b"?", word.as_slice()].concat());
        Self {
            words: [command, list].into_iter().chain(query).collect(),
        }
    }

    /// The words, the command first.
    pub fn words(&self) -> &[Vec<u8>] {
        &self.words
    }

    /// What is sent: each word behind its length, and the word without length that ends a sentence (D:47579160).
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for word in &self.words {
            push_length(&mut bytes, word.len());
            bytes.extend_from_slice(word);
        }
        bytes.push(0);
        bytes
    }
}

/// Secrets are not shown.
impl fmt::Debug for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |word: &Vec<u8>| {
            let text = String::from_utf8_lossy(word).into_owned();
            match text.strip_prefix('=').and_then(|text| text.split_once('=')) {
                Some((name, _)) if is_hidden(name) => ["=", name, "=(secret)"].concat(),
                _ => text,
            }
        };
        f.debug_list().entries(self.words.iter().map(shown)).finish()
    }
}

/// A length takes one to five bytes; the first says how many: each with the lengths that it is for, exclusive, and the bits
/// that mark it (D:47579160).
const LENGTHS: [(u32, usize, u32); 4] = [
    (0x80, 1, 0),
    (0x4000, 2, 0x8000),
    (0x20_0000, 3, 0xC0_0000),
    (0x1000_0000, 4, 0xE000_0000),
];

fn push_length(bytes: &mut Vec<u8>, length: usize) {
    // No value of a router comes near four gigabytes.
    let length = u32::try_from(length).unwrap_or(u32::MAX);
    let form = LENGTHS.iter().find(|(limit, ..)| length < *limit);
    let (count, marked) = form.map_or((4, length), |(_, count, mark)| (*count, length | mark));
    if form.is_none() {
        bytes.push(0xF0);
    }
    let marked = marked.to_be_bytes();
    let skipped = marked.len().saturating_sub(count);
    bytes.extend(marked.iter().skip(skipped));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The manual's table, its borders first and last.
    #[test]
    fn lengths_are_coded_as_the_manual_says() {
        for (length, coded) in [
            (0, &b"\x00"[..]),
            (0x7F, b"\x7F"),
            (0x80, b"\x80\x80"),
            (0x3FFF, b"\xBF\xFF"),
            (0x4000, b"\xC0\x40\x00"),
            (0x1F_FFFF, b"\xDF\xFF\xFF"),
            (0x20_0000, b"\xE0\x20\x00\x00"),
            (0x0FFF_FFFF, b"\xEF\xFF\xFF\xFF"),
            (0x1000_0000, b"\xF0\x10\x00\x00\x00"),
        ] {
            let mut bytes = Vec::new();
            push_length(&mut bytes, length);
            assert_eq!(bytes, coded, "{length:#x}");
        }
    }
}
