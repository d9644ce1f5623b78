//! Rows of which a menu may have only one: found without looking at all of them.

use alloc::vec::Vec;

use crate::routeros::router::row::Row;

/// The hashes of what must be unique, of the rows so far.
///
/// Open addressing over powers of two; 0 is a free slot. Two rows may share a hash: who finds one looks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Twins {
    slots: Vec<u64>,
    used: usize,
}

impl Twins {
    pub(crate) fn of(rows: &[Row]) -> Twins {
        let mut twins = Twins::default();
        rows.iter()
            .filter_map(Row::unique_hash)
            .for_each(|hash| twins.insert(hash));
        twins
    }

    pub(crate) fn insert(&mut self, hash: u64) {
        const SMALLEST: usize = 16;
        if self.used.saturating_mul(2) >= self.slots.len() {
            let larger = self.slots.len().saturating_mul(2).max(SMALLEST);
            let old = core::mem::replace(&mut self.slots, alloc::vec![0; larger]);
            self.used = 0;
            old.into_iter()
                .filter(|hash| *hash != 0)
                .for_each(|hash| self.insert(hash));
        }
        let free = self.walk(hash).find(|slot| self.slots.get(*slot) == Some(&0));
        if let Some(slot) = free.and_then(|slot| self.slots.get_mut(slot)) {
            *slot = hash.max(1);
            self.used = self.used.saturating_add(1);
        }
    }

    pub(crate) fn may_have(&self, hash: u64) -> bool {
        let hash = hash.max(1);
        let slots = self.walk(hash).filter_map(|slot| self.slots.get(slot));
        slots.take_while(|slot| **slot != 0).any(|slot| *slot == hash)
    }

    /// The slots in which a hash may stand, each once.
    fn walk(&self, hash: u64) -> impl Iterator<Item = usize> + use<> {
        let mask = self.slots.len().saturating_sub(1);
        let start = usize::try_from(hash >> 32).unwrap_or(0);
        (0..self.slots.len()).map(move |step| start.wrapping_add(step) & mask)
    }
}

/// FNV-1a.
#[derive(Clone, Copy)]
pub(crate) struct Hasher(u64);

impl Hasher {
    pub(crate) const NEW: Hasher = Hasher(0xcbf2_9ce4_8422_2325);

    pub(crate) fn write(self, bytes: &[u8]) -> Hasher {
        const PRIME: u64 = 0x0100_0000_01b3;
        Hasher(
            bytes
                .iter()
                .fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME)),
        )
    }

    pub(crate) fn finish(self) -> u64 {
        // The upper half chooses the slot, and FNV mixes upwards: fold it once more.
        self.0 ^ (self.0 >> 29)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hash_is_found_again_and_no_other() {
        let hash = |number: u32| Hasher::NEW.write(&number.to_le_bytes()).finish();
        let mut twins = Twins::default();
        assert!(!twins.may_have(hash(0)));
        (0..10_000).for_each(|number| twins.insert(hash(number)));
        assert!((0..10_000).all(|number| twins.may_have(hash(number))));
        assert!(!(10_000..20_000).any(|number| twins.may_have(hash(number))));
        twins.insert(0);
        assert!(twins.may_have(0));
    }
}
