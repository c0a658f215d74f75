//! `report.html`: what was found, on one page that needs nothing else.
//!
//! The page holds its style, its script, its map and its charts; it asks no server for anything, and a policy in its head
//! forbids it to. Every text of a scenario or a file is escaped by the templates.

mod answer;
mod assumptions;
mod charts;
mod contents;
mod days;
mod document;
mod live;
mod map;
mod method;
mod part;
mod places;
mod repeat;
mod replay;
mod replayed;
mod sections;
mod table;
mod trust;

pub use contents::{Counts, DrawnChart, Page};
pub use live::{CauseChange, EngineOfPage, LiveFigures, LiveFragments, LivePart, is_on_live_page};
pub use replayed::{ReplayPart, ReplayedYear};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::{Candidate, Comparing, Comparison, InputDraws};
    use crate::results::{Summary, synthetic};
    use crate::words::Language;

    fn html(language: Language, summary: &Summary, comparison: Option<&Comparison>) -> String {
        let page = Page {
            language,
            summary,
            comparison,
            validation: None,
            description: "",
            assumptions: &[],
            counts: Counts::default(),
            charts: &[],
            command: "midcor run 'a b'",
            live: None,
            replay: None,
        };
        page.html()
    }

    fn comparison(name: &str) -> Comparison {
        let (base, other) = (synthetic::results(8), synthetic::results(8));
        let mut comparing = Comparing::with(&base, InputDraws::default());
        let candidate =
            Candidate { name, title: name, results: &other, own_base: None, simulated_alone: None, price: None };
        comparing.add(&candidate);
        comparing.finish()
    }

    #[test]
    fn texts_of_others_are_no_markup() {
        let script = "<script>alert(1)</script>";
        let mut summary = synthetic::results(8).summary();
        script.clone_into(&mut summary.manifest.scenario.title);
        summary.network.nodes.iter_mut().for_each(|node| script.clone_into(&mut node.name));
        let mut comparison = comparison(script);
        comparison.network = summary.network.clone();
        for language in Language::ALL {
            let page = html(language, &summary, Some(&comparison));
            assert_eq!(page.matches("<script>").count(), 1, "its own alone");
            assert!(page.contains("&lt;script&gt;alert(1)"));
        }
    }

    #[test]
    fn nothing_comes_from_anywhere_else() {
        let summary = synthetic::results(8).summary();
        let page = html(Language::English, &summary, None);
        let addresses = page.matches("http").count() - page.matches("http://www.w3.org/2000/svg").count();
        assert_eq!(addresses, page.matches("http-equiv").count());
        assert!(page.contains("default-src &#39;none&#39;") || page.contains("default-src 'none'"));
        assert!(!page.contains(" style=\"") && !page.contains(" onclick"), "the policy forbids them");
    }

    #[test]
    fn every_part_has_its_heading_in_both_languages() {
        let results = synthetic::results(8);
        let comparison = comparison("two ships");
        for (language, word) in [(Language::English, "Where the days go"), (Language::Russian, "На что уходит время")]
        {
            let page = html(language, &results.summary(), Some(&comparison));
            assert!(page.contains(&format!("lang=\"{language}\"")) && page.contains(word));
            for id in ["answer", "map", "days", "figures", "bottlenecks", "trust", "method", "repeat"] {
                assert!(page.contains(&format!("<section id=\"{id}\"")), "{id}");
            }
            assert!(page.contains("midcor run &#39;a b&#39;") || page.contains("midcor run 'a b'"));
        }
    }
}
