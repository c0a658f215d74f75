//! The engine of the live page: one module that a page's workers each run for themselves.
//!
//! Three functions over plain memory, so that no generator of bindings is needed: the page asks for [`room`], writes its question
//! there, calls [`ask`], and reads the answer from [`answer`] on. A question is a line of JSON, with bytes behind it where a year is
//! handed on; an answer begins with a byte that is 0 where all went well and 1 before an error in words.

mod engine;

use std::cell::RefCell;

use engine::Engine;

thread_local! {
    static QUESTION: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static ANSWER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static ENGINE: RefCell<Engine> = const { RefCell::new(Engine::new()) };
}

/// Makes room for a question of so many bytes and says where it is.
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    QUESTION.with_borrow_mut(|question| {
        question.clear();
        question.resize(bytes, 0);
        question.as_mut_ptr()
    })
}

/// Answers the question that stands in the room, and says how long the answer is.
#[unsafe(no_mangle)]
pub extern "C" fn ask() -> usize {
    let question = QUESTION.with_borrow_mut(std::mem::take);
    let answer = match ENGINE.with_borrow_mut(|engine| engine.answer(&question)) {
        Ok(answer) => [vec![0], answer].concat(),
        Err(error) => [vec![1], error.into_bytes()].concat(),
    };
    ANSWER.with_borrow_mut(|held| {
        *held = answer;
        held.len()
    })
}

/// Where the answer begins.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    ANSWER.with_borrow(Vec::as_ptr)
}
