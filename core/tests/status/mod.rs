//! What the lines are told to be, by what a router tells of itself.

mod agrees;
mod document;
mod forms;
mod night;
mod reads;
mod sentences;
