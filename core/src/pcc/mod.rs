//! Line speeds → PCC buckets, in exact integers.
