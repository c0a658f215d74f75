//! Pools.

use super::Check;
use crate::scenario::types::PoolPer;

impl Check<'_> {
    pub(super) fn pools(&mut self) {
        for (id, pool) in &self.scenario.pool {
            if pool.size == 0 {
                self.error("out-of-range", &["pool", id, "size"], format!("`pool.{id}.size` must be above zero"));
            }
            if matches!(pool.per, PoolPer::Units(units) if units <= 0.0) {
                self.error("out-of-range", &["pool", id, "per"], format!("`pool.{id}.per` must be above zero"));
            }
            self.returns(id);
        }
    }

    fn returns(&mut self, id: &str) {
        let get = |key: &str| self.tree.at(&["pool", id, key]);
        let is_empty = get("returns").and_then(|node| node.text()) == Some("empty");
        let (has_time, has_cargo, has_word) =
            (get("return-time").is_some(), get("return-as").is_some(), get("returns").is_some());
        if is_empty && !has_time {
            self.error(
                "return-time",
                &["pool", id, "returns"],
                format!("`pool.{id}` returns empty, but `return-time` is missing"),
            );
        }
        if has_time && !is_empty {
            self.error_help(
                "return-time",
                &["pool", id, "return-time"],
                format!("`pool.{id}.return-time` means nothing here"),
                "write `returns = \"empty\"`",
            );
        }
        if has_cargo && has_word {
            self.error(
                "return-as",
                &["pool", id, "return-as"],
                format!("`pool.{id}` has both `returns` and `return-as`"),
            );
        }
    }
}
