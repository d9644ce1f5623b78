//! Any series of readings, against a model that looks at the whole history instead of remembering.

use std::num::NonZeroU64;

use multi_isp::alerts::{Alert, AlertKind, AlertOptions, AlertState, Reading, alerts, replay};
use multi_isp::status::{Setup, SiteStatus, State};
use proptest::prelude::*;

use super::{DOWN, is_down, status};
use crate::json_schema::faults_of_text;

/// Readings of one thing: when, and whether it is up.
type History = Vec<(u64, Option<bool>)>;

fn any_state() -> impl Strategy<Value = State> {
    prop_oneof![
        3 => Just(State::Active),
        1 => Just(State::Standby),
        1 => Just(State::Degraded),
        4 => Just(DOWN),
        2 => Just(State::Unknown),
    ]
}

fn any_log() -> impl Strategy<Value = Vec<Reading>> {
    (1_usize..=3).prop_flat_map(|lines| {
        let reading = (
            prop::collection::vec(any_state(), lines),
            prop::bool::weighted(0.2),
            prop_oneof![8 => 0_i64..60, 1 => -60_i64..0, 1 => -10_000_i64..10_000],
        );
        prop::collection::vec(reading, 0..30).prop_map(|readings| {
            let mut at = 1_000_u64;
            let reading = |(states, is_silent, step): (Vec<State>, bool, i64)| {
                at = at.saturating_add_signed(step);
                let mut status = status(&states);
                if is_silent {
                    status.setup = Setup::Unreachable;
                }
                Reading { at, status }
            };
            readings.into_iter().map(reading).collect()
        })
    })
}

fn any_options() -> impl Strategy<Value = AlertOptions> {
    let hold = || prop_oneof![Just(0_u64), 1_u64..100];
    let quiet = prop::collection::btree_set(prop::sample::select(vec!["isp1", "isp2", "isp3"]), 0..3);
    let reminder = prop::option::of((1_u64..200).prop_map(|seconds| NonZeroU64::new(seconds).unwrap()));
    let flags = (prop::bool::weighted(0.9), any::<bool>(), any::<bool>());
    (flags, hold(), hold(), reminder, quiet).prop_map(
        |((enabled, router, all_lines), down_after, up_after, reminder, quiet)| AlertOptions {
            enabled,
            down_after,
            up_after,
            router,
            all_lines,
            reminder,
            quiet: quiet.into_iter().map(String::from).collect(),
        },
    )
}

/// The alerts of each reading, the state going through JSON before each.
fn run(log: &[Reading], options: &AlertOptions) -> Vec<Vec<Alert>> {
    let mut state = AlertState::default();
    let mut told = Vec::new();
    for reading in log {
        let json = state.to_json();
        assert_eq!(faults_of_text(AlertState::JSON_SCHEMA, &json), [""; 0], "{json}");
        let stored = AlertState::from_json(json.as_bytes()).unwrap();
        assert_eq!(stored, state);
        let (next, alerts) = alerts(&stored, &reading.status, reading.at, options);
        let again = alerts_of(&next, reading, options);
        assert_eq!(
            again,
            (next.clone(), vec![]),
            "the same reading twice tells nothing"
        );
        told.push(alerts);
        state = next;
    }
    told
}

fn alerts_of(state: &AlertState, reading: &Reading, options: &AlertOptions) -> (AlertState, Vec<Alert>) {
    alerts(state, &reading.status, reading.at, options)
}

fn answers(status: &SiteStatus) -> bool {
    status.setup != Setup::Unreachable
}

fn line_history(log: &[Reading], line: usize) -> History {
    let reading = |reading: &Reading| {
        let state = reading.status.lines[line].state;
        let known = answers(&reading.status) && state != State::Unknown;
        (reading.at, known.then_some(state != DOWN))
    };
    log.iter().map(reading).collect()
}

/// How a thing is behind each reading: as it was, unless all that is known since a reading at least so many seconds ago says
/// otherwise. A clock that went back counts from where it went back to.
fn settled(history: &[(u64, Option<bool>)], options: &AlertOptions) -> Vec<Option<bool>> {
    let mut settled: Vec<Option<bool>> = Vec::new();
    for (k, (at, reading)) in history.iter().enumerate() {
        let before = settled.last().copied().flatten();
        let (Some(was), Some(is)) = (before, *reading) else {
            settled.push(before.or(*reading));
            continue;
        };
        let run = (0..=k).rev().take_while(|j| history[*j].1 != Some(was));
        let start = run.filter(|j| history[*j].1 == Some(is)).last();
        let hold = if is { options.up_after } else { options.down_after };
        let lasts = start.is_some_and(|start| {
            let earliest = history[start..=k].iter().map(|(at, _)| *at).min().unwrap();
            at - earliest >= hold
        });
        settled.push(Some(if lasts { is } else { was }));
    }
    settled
}

/// What people believe of one thing, from the alerts alone.
#[derive(Default)]
struct Belief {
    is_up: Option<bool>,
    told_at: Option<usize>,
}

impl Belief {
    /// What is to be told of it at reading `k`: `Some(true)` is a reminder.
    fn expected(
        &mut self,
        k: usize,
        log: &[Reading],
        value: Option<bool>,
        hidden: bool,
        options: &AlertOptions,
    ) -> Option<bool> {
        let value = value?;
        let Some(believed) = self.is_up else {
            self.is_up = Some(value);
            return None;
        };
        if hidden {
            return None;
        }
        let is_reminder = believed == value;
        if is_reminder {
            let last = log[self.told_at?..=k]
                .iter()
                .map(|reading| reading.at)
                .min()
                .unwrap();
            let is_due = log[k].at - last >= options.reminder?.get();
            if value || !is_due {
                return None;
            }
        }
        self.is_up = Some(value);
        self.told_at = Some(k);
        Some(is_reminder)
    }
}

/// Every alert of the series as its kind, line and whether it is a reminder, by the definition.
fn model(log: &[Reading], options: &AlertOptions) -> Vec<Vec<(AlertKind, Option<usize>, bool)>> {
    let count = log.first().map_or(0, |reading| reading.status.lines.len());
    let router: History = log
        .iter()
        .map(|reading| (reading.at, Some(answers(&reading.status))))
        .collect();
    let router_settled = settled(&router, options);
    let histories: Vec<History> = (0..count).map(|line| line_history(log, line)).collect();
    let lines_settled: Vec<_> = histories
        .iter()
        .map(|history| settled(history, options))
        .collect();
    let is_quiet = |line: usize| options.quiet.contains(&log[0].status.lines[line].id);
    let all_are_told = options.all_lines && count > 1 && !(0..count).all(is_quiet);

    let (mut router_belief, mut all_belief) = (Belief::default(), Belief::default());
    let mut beliefs: Vec<Belief> = (0..count).map(|_| Belief::default()).collect();
    let mut told = Vec::new();
    for k in 0..log.len() {
        let mut now = Vec::new();
        if !options.enabled {
            told.push(now);
            continue;
        }
        let confirmed = |history: &History, settled: &[Option<bool>]| {
            history[k].1.filter(|is_up| Some(*is_up) == settled[k])
        };
        if options.router {
            let value = confirmed(&router, &router_settled);
            if let Some(again) = router_belief.expected(k, log, value, false, options) {
                let kind = if value == Some(true) {
                    AlertKind::RouterReachable
                } else {
                    AlertKind::RouterUnreachable
                };
                now.push((kind, None, again));
            }
        }
        let router_hides = router_belief.is_up == Some(false);
        if all_are_told {
            let values: Vec<_> = (0..count)
                .map(|line| confirmed(&histories[line], &lines_settled[line]))
                .collect();
            let are_down = (0..count).all(|line| lines_settled[line][k] == Some(false));
            let reads = |is_up| histories.iter().any(|history| history[k].1 == Some(is_up));
            let value = match () {
                () if values.contains(&Some(true)) => Some(true),
                () if are_down && reads(false) && !reads(true) => Some(false),
                () => None,
            };
            if let Some(again) = all_belief.expected(k, log, value, router_hides, options) {
                let kind = if value == Some(true) {
                    AlertKind::LinesBack
                } else {
                    AlertKind::AllLinesDown
                };
                now.push((kind, None, again));
            }
        }
        let hidden = router_hides || all_belief.is_up == Some(false);
        for line in (0..count).filter(|line| !is_quiet(*line)) {
            let value = confirmed(&histories[line], &lines_settled[line]);
            if let Some(again) = beliefs[line].expected(k, log, value, hidden, options) {
                let kind = if value == Some(true) {
                    AlertKind::LineUp
                } else {
                    AlertKind::LineDown
                };
                now.push((kind, Some(line), again));
            }
        }
        told.push(now);
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_told_is_what_the_definition_says(log in any_log(), options in any_options()) {
        let told = run(&log, &options);
        let words: Vec<Vec<_>> = told.iter().zip(&log).map(|(alerts, reading)| {
            let position = |alert: &Alert| {
                let id = &alert.line.as_ref()?.id;
                reading.status.lines.iter().position(|line| line.id == *id)
            };
            alerts.iter().map(|alert| (alert.kind, position(alert), alert.reminder)).collect()
        }).collect();
        prop_assert_eq!(&words, &model(&log, &options));

        let replayed = replay(&log, &options);
        prop_assert_eq!(replayed.alerts, told.concat());
        for summary in &replayed.lines {
            prop_assert!(summary.alerts + 2 * summary.flaps_damped <= summary.transitions);
        }
    }

    #[test]
    fn no_line_is_told_twice_alike_and_what_is_silent_is_silent(log in any_log(), options in any_options()) {
        let told = run(&log, &options);
        prop_assert!(options.enabled || told.concat().is_empty());
        let mut last = std::collections::BTreeMap::new();
        for (reading, alerts) in log.iter().zip(&told) {
            for alert in alerts {
                prop_assert_eq!(alert.at, reading.at);
                prop_assert!(alert.since <= alert.at);
                prop_assert!(!alert.reminder || is_down(alert.kind) && options.reminder.is_some());
                let json = alert.to_json();
                prop_assert_eq!(faults_of_text(Alert::JSON_SCHEMA, &json), Vec::<String>::new());
                let Some(line) = &alert.line else { continue };
                prop_assert!(!options.quiet.contains(&line.id));
                prop_assert!(answers(&reading.status));
                prop_assert_eq!(line.reason.is_some(), is_down(alert.kind));
                if !alert.reminder {
                    prop_assert_ne!(last.insert(line.id.clone(), alert.kind), Some(alert.kind));
                }
            }
        }
    }

    #[test]
    fn without_holding_and_hiding_the_alerts_are_the_changes(log in any_log()) {
        let options = AlertOptions { router: false, all_lines: false, ..AlertOptions::default() };
        let told = run(&log, &options);
        let count = log.first().map_or(0, |reading| reading.status.lines.len());
        for line in 0..count {
            let history = line_history(&log, line);
            let known: Vec<(u64, bool)> = history.into_iter().filter_map(|(at, is_up)| Some((at, is_up?))).collect();
            let changes: Vec<(u64, AlertKind)> = known.windows(2).filter(|pair| pair[0].1 != pair[1].1).map(|pair| {
                (pair[1].0, if pair[1].1 { AlertKind::LineUp } else { AlertKind::LineDown })
            }).collect();
            let id = format!("isp{}", line + 1);
            let alerts: Vec<(u64, AlertKind)> = told.concat().iter()
                .filter(|alert| alert.line.as_ref().is_some_and(|line| line.id == id))
                .map(|alert| (alert.since, alert.kind)).collect();
            prop_assert_eq!(alerts, changes);
        }
    }

    #[test]
    fn any_options_at_any_reading_are_harmless(log in any_log(), options in prop::collection::vec(any_options(), 30)) {
        let mut state = AlertState::default();
        for (reading, options) in log.iter().zip(&options) {
            let (next, alerts) = alerts_of(&state, reading, options);
            prop_assert!(options.enabled || alerts.is_empty());
            prop_assert_eq!(alerts_of(&next, reading, options), (next.clone(), vec![]));
            for line in &reading.status.lines {
                prop_assert!(next.changed_at(&line.id).is_none_or(|at| at <= reading.at));
            }
            state = next;
        }
    }
}
