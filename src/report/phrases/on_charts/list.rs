//! What a language has a phrase for on charts.

macro_rules! phrases {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {
        /// The phrases of one language on charts; in what explains a chart, LEVEL stands for the level of its intervals.
        pub(in crate::report) struct ChartPhrases {
            $($(#[doc = $doc])+ pub(in crate::report) $name: &'static str,)+
        }

        #[cfg(test)]
        impl ChartPhrases {
            /// All of them.
            pub(super) fn all(&self) -> Vec<&'static str> {
                vec![$(self.$name),+]
            }
        }
    };
}

phrases! {
    /// Title of the traffic by month.
    traffic_by_month;
    /// How to read it; LEVEL stands for the level.
    traffic_how;
    /// Its axis, before the unit.
    carried_rate;
    /// Cargoes that are shown together, after their number.
    others;
    /// In place of the traffic.
    no_whole_month;
    /// Title of the times by section.
    time_by_section;
    /// Title where there are no sections.
    time_by_flow;
    /// How to read it.
    time_how;
    /// An axis.
    days;
    /// After the name of a percentile.
    column_days;
    /// In place of a bar.
    not_known;
    /// In place of a number.
    unfinished;
    /// In place of a chart.
    nobody_arrived;
    /// Title of the days by cause.
    where_days_go_by_section;
    /// Title where there are no sections.
    where_days_go_by_flow;
    /// Title for one section, before its name.
    where_days_go;
    /// How to read it.
    causes_how;
    /// Title of the places.
    use_and_waiting;
    /// How to read it.
    places_how;
    /// In place of the chart.
    nobody_waited;
    /// An axis.
    in_use;
    /// An axis.
    mean_wait;
    /// In place of a bar.
    use_not_counted;
    /// In place of a bar.
    waits_not_counted;
    /// Title of the distribution, before the section.
    how_long;
    /// How to read it.
    distribution_how;
    /// An axis.
    by_weight;
    /// An axis.
    arrived_percent;
    /// In the key of the distribution.
    key_density;
    /// In the key of the distribution.
    key_arrived;
    /// Title of a section by year, before its name.
    years_of;
    /// Title of the traffic by year.
    years_of_traffic;
    /// An axis.
    carried_millions;
    /// The name of a curve.
    carried_curve;
    /// How to read it.
    years_how;
    /// An axis.
    year;
    /// Title of days against kilometres, before the section.
    time_and_distance;
    /// How to read it.
    time_distance_how;
    /// An axis.
    distance;
    /// In the key of days against kilometres.
    key_waiting;
    /// In the key of days against kilometres.
    key_going;
    /// In the key of days against kilometres.
    key_span;
    /// Title of the queues.
    queues_by_month;
    /// How to read it.
    queues_how;
    /// Title of the vessels.
    cycle_of_vessels;
    /// How to read it.
    cycle_how;
    /// An axis.
    percent_of_vessel_time;
    /// In the key of the vessels.
    held_by_weather;
    /// In the key of the vessels.
    out_of_order;
    /// Title of the observed times.
    observed_times;
    /// How to read it.
    observed_times_how;
    /// In the key of the observed times.
    observed;
    /// Of a bar.
    simulated;
    /// What an observed figure was used for.
    class_input;
    /// What an observed figure was used for.
    class_tuned;
    /// What an observed figure was used for.
    class_tested;
    /// After n = 1.
    replication;
    /// After another n.
    replications;
    /// Of a mark.
    key_better;
    /// Of a mark.
    key_worse;
    /// Of a mark.
    key_not_significant;
    /// Title of what what-ifs change.
    what_ifs_change;
    /// How to read it.
    what_ifs_change_how;
    /// Added to it where inputs are drawn.
    over_draws_how;
    /// In place of the chart.
    no_what_if;
    /// An axis.
    carried_kt;
    /// An axis.
    carried_kteu;
    /// How to read the days by cause of a comparison.
    beside_how;
    /// Before the name of a what-if.
    with;
    /// How to read where a time changes.
    cascade_how;
    /// The scenario that what-ifs change.
    base;
    /// What is not shown by itself.
    other_places;
    /// An axis.
    days_cut;
    /// After a number.
    short_day;
    /// After a number.
    short_hour;
    /// How to read the curves of a sweep; REFERENCE stands for the value that differences are taken to.
    curve_how;
    /// In place of REFERENCE where it has no value.
    the_reference;
    /// How to read a heat map of a sweep.
    heat_how;
    /// In place of a chart.
    nothing_to_show;
    /// After the name of a parameter that is multiplied.
    factor;
    /// After the name of a parameter to which is added.
    addend;
    /// An axis.
    hours_axis;
    /// An axis.
    share_or_number;
    /// A parameter.
    key_of_vessels;
    /// A parameter.
    key_of_servers;
    /// A parameter.
    key_of_volume;
    /// A parameter.
    key_of_time;
    /// A parameter.
    key_of_capacity;
    /// A parameter.
    key_of_number;
    /// Title, before the closure.
    backlog;
    /// How to read it.
    backlog_how;
    /// An axis, before the unit.
    backlog_axis;
    /// An axis.
    days_since;
    /// Title, before the closure.
    with_and_without;
    /// How to read it.
    months_how;
    /// An axis.
    closed_from;
    /// In place of a number of days.
    not_gone;
    /// Title of the search for capacity.
    practical_capacity;
    /// How to read it.
    capacity_how;
    /// In place of the chart.
    no_traffic;
    /// An axis.
    traffic_factor;
    /// Before a factor.
    capacity_at;
    /// Of a mark.
    key_holds;
    /// Of a mark.
    key_does_not_hold;
    /// Of a mark.
    key_fresh;
    /// Title of the relief.
    capacity_against_investment;
    /// How to read it.
    relief_how;
    /// In place of the chart.
    no_capacity;
    /// An axis.
    practical_capacity_axis;
    /// An axis.
    invested;
    /// Below a stair.
    nothing_binds;
    /// Below a stair, before what binds next.
    then_binds;
    /// Title of the inputs that a spread comes from.
    spread_from;
    /// How to read it.
    spread_how;
    /// An axis.
    rank_correlation;
    /// Of a column.
    share_of_spread;
    /// Between a what-if and its choice.
    routes_of;
    /// How to read who moves where.
    routes_how;
    /// Title of a half.
    all_cargo;
    /// Title of a half, before a share.
    who_changes;
    /// In place of a half.
    nobody_changes;
    /// Of a side.
    what_if_side;
}
