//! What the library and the program promise, one file a subject.

mod cli;
