//! The matrix as a heat table for a page, in light and dark.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::columns::Column;
use super::{Cell, LineState, Matrix, Outage};
use crate::pcc::Ratio;

/// How a cell is coloured, and what the legend says of it; colours of text and ground differ by more than 4.5 to 1 in both.
struct Heat {
    class: &'static str,
    told: &'static str,
    light: (&'static str, &'static str),
    dark: (&'static str, &'static str),
}

const HEATS: [Heat; 5] = [
    Heat {
        class: "works",
        told: "works at once",
        light: ("#d9f0dd", "#0f3d1a"),
        dark: ("#16381f", "#c8f0d0"),
    },
    Heat {
        class: "waits",
        told: "works after a while",
        light: ("#fdf0c2", "#4d3800"),
        dark: ("#453a10", "#ffeaa8"),
    },
    Heat {
        class: "partly",
        told: "partly lost",
        light: ("#ffd9b8", "#5c2600"),
        dark: ("#55300f", "#ffd9b8"),
    },
    Heat {
        class: "lost",
        told: "lost",
        light: ("#f8c9c9", "#6b0f0f"),
        dark: ("#561a1a", "#ffd2d2"),
    },
    Heat {
        class: "none",
        told: "comes in by a line that is down",
        light: ("#eceff1", "#455059"),
        dark: ("#262b30", "#aab4bd"),
    },
];

impl Matrix {
    /// The matrix as an SVG picture that needs no fonts and no scripts; it follows the colour scheme of the page.
    ///
    /// # Example
    /// ```
    /// use multi_isp::simulate::{WhatIf, what_if};
    /// use multi_isp::Router;
    ///
    /// let router = Router::from_export(b"/ip address\nadd address=192.0.2.2/24 interface=ether1\n/ip route\nadd gateway=192.0.2.1\n", None)?;
    /// let picture = what_if(&router, &WhatIf::default()).to_svg();
    /// assert!(picture.starts_with("<svg ") && picture.contains("link down: ether1"));
    /// # Ok::<(), multi_isp::routeros::read::ReadError>(())
    /// ```
    pub fn to_svg(&self) -> String {
        Picture::of(self).draw()
    }

    /// What stands in a cell, a text line for each part.
    fn texts(&self, cell: &Cell) -> Vec<String> {
        if cell.impossible {
            return alloc::vec![String::from("-")];
        }
        let mut told = cell.served(&self.lines);
        if cell.lost != Ratio::ZERO {
            told.push(match cell.lost == Ratio::ONE {
                true => String::from("lost"),
                false => format!("lost {}", cell.lost.percent()),
            });
        }
        match cell.outage {
            Outage::AtMost(time) => told.push(format!("after {} s", time.as_secs())),
            _ if cell.anew != Ratio::ZERO => told.push(String::from("opened anew")),
            _ => {}
        }
        told
    }
}

/// A picture on the way: rows are as high as what stands in them, columns as wide.
struct Picture<'m> {
    matrix: &'m Matrix,
    columns: Vec<Column>,
    /// What stands at the left of each row, and its cells: new and open in turn.
    rows: Vec<(String, Vec<Drawn<'m>>)>,
    left: usize,
    column: usize,
}

struct Drawn<'m> {
    cell: &'m Cell,
    texts: Vec<String>,
}

impl<'m> Picture<'m> {
    fn of(matrix: &'m Matrix) -> Self {
        let drawn = |cell| Drawn {
            cell,
            texts: matrix.texts(cell),
        };
        let columns = matrix.columns();
        let row = |state: &'m LineState| {
            let both = |column: &Column| [state.new.get(column.class), state.established.get(column.class)];
            let cells = columns.iter().flat_map(both).flatten().map(drawn);
            (state.told(), cells.collect())
        };
        let rows: Vec<(String, Vec<Drawn<'_>>)> = matrix.states.iter().map(row).collect();
        let states = rows.iter().map(|(state, _)| state.as_str());
        let texts = rows
            .iter()
            .flat_map(|(_, cells)| cells)
            .flat_map(|cell| &cell.texts);
        // The name of a class stands above two columns.
        let names = columns.iter().map(|column| wide(&column.name) / 2);
        let column = texts.map(|text| wide(text)).chain(names).max();
        Self {
            left: states
                .map(wide)
                .max()
                .unwrap_or_default()
                .saturating_add(2 * MARGIN),
            column: column
                .unwrap_or_default()
                .saturating_add(2 * PADDING)
                .max(LEAST_COLUMN),
            matrix,
            rows,
            columns,
        }
    }

    fn draw(&self) -> String {
        let columns = self.columns.len().saturating_mul(2);
        let width = self.x(columns).saturating_add(MARGIN).max(LEAST_WIDTH);
        let rows: usize = self
            .rows
            .iter()
            .fold(0, |sum, (_, cells)| sum.saturating_add(high(cells)));
        let height = TOP.saturating_add(rows).saturating_add(LEGEND_HEIGHT);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
             role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n<title>What becomes of traffic when lines fail</title>\n"
        );
        svg.push_str(&style());
        svg.push_str(&format!(
            "<rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>\n"
        ));
        self.heads(&mut svg);
        let mut y = TOP;
        for (state, cells) in &self.rows {
            let height = high(cells);
            text(&mut svg, "state", MARGIN, y.saturating_add(FIRST_TEXT), state);
            for (at, cell) in cells.iter().enumerate() {
                self.cell(&mut svg, self.x(at), y, height, cell);
            }
            y = y.saturating_add(height);
        }
        legend(&mut svg, y);
        svg.push_str("</svg>\n");
        svg
    }

    /// Where a column begins.
    fn x(&self, column: usize) -> usize {
        self.left.saturating_add(column.saturating_mul(self.column))
    }

    fn heads(&self, svg: &mut String) {
        for (at, column) in self.columns.iter().enumerate() {
            let new = self.x(at.saturating_mul(2)).saturating_add(PADDING);
            text(svg, "head", new, 22, &column.name);
            text(svg, "age", new, 40, "new");
            text(svg, "age", new.saturating_add(self.column), 40, "open");
        }
    }

    fn cell(&self, svg: &mut String, x: usize, y: usize, height: usize, drawn: &Drawn<'_>) {
        let (width, height) = (self.column.saturating_sub(GAP), height.saturating_sub(GAP));
        svg.push_str(&format!(
            "<g class=\"{}\"><title>{}</title><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"4\"/>\n",
            heat(drawn.cell).class,
            escaped(&drawn.cell.told(&self.matrix.lines)),
        ));
        for (at, told) in drawn.texts.iter().enumerate() {
            let y = y
                .saturating_add(FIRST_TEXT)
                .saturating_add(at.saturating_mul(TEXT_HEIGHT));
            text(svg, "part", x.saturating_add(PADDING), y, told);
        }
        svg.push_str("</g>\n");
    }
}

/// How high a row is: as high as the cell with the most text.
fn high(cells: &[Drawn<'_>]) -> usize {
    let most = cells.iter().map(|cell| cell.texts.len()).max().unwrap_or(1);
    most.saturating_mul(TEXT_HEIGHT).saturating_add(2 * PADDING)
}

/// How wide a text is, about: no font is known here.
fn wide(text: &str) -> usize {
    text.chars().count().saturating_mul(LETTER)
}

fn heat(cell: &Cell) -> &'static Heat {
    let [works, waits, partly, lost, none] = &HEATS;
    match (cell.impossible, cell.lost, cell.outage) {
        (true, ..) => none,
        (_, share, _) if share == Ratio::ONE => lost,
        (_, share, _) if share != Ratio::ZERO => partly,
        (.., Outage::AtMost(_)) => waits,
        _ => works,
    }
}

fn style() -> String {
    let rules = |colours: fn(&Heat) -> (&'static str, &'static str)| {
        let rule = |heat: &Heat| {
            let (ground, ink) = colours(heat);
            format!(".{0} rect{{fill:{ground}}}.{0} text{{fill:{ink}}}", heat.class)
        };
        HEATS.iter().map(rule).collect::<String>()
    };
    format!(
        "<style>.ground{{fill:#ffffff}}text{{fill:#1c2126}}.head{{font-weight:600}}.age{{font-size:11px}}{}\
         @media (prefers-color-scheme:dark){{.ground{{fill:#15181b}}text{{fill:#e6e9ec}}{}}}</style>\n",
        rules(|heat| heat.light),
        rules(|heat| heat.dark),
    )
}

fn legend(svg: &mut String, y: usize) {
    let mut x = MARGIN;
    let y = y.saturating_add(16);
    for heat in &HEATS {
        svg.push_str(&format!(
            "<g class=\"{}\"><rect x=\"{x}\" y=\"{y}\" width=\"14\" height=\"14\" rx=\"3\"/></g>\n",
            heat.class
        ));
        text(
            svg,
            "legend",
            x.saturating_add(20),
            y.saturating_add(11),
            heat.told,
        );
        x = x.saturating_add(34).saturating_add(wide(heat.told));
    }
}

fn text(svg: &mut String, class: &str, x: usize, y: usize, told: &str) {
    svg.push_str(&format!(
        "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>\n",
        escaped(told)
    ));
}

/// Names come from customers: what means something in XML is written by its number.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' | '>' | '&' | '"' | '\'' => escaped.push_str(&format!("&#{};", u32::from(character))),
            // XML has no way to write these.
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            character if character.is_control() => escaped.push('\u{fffd}'),
            character => escaped.push(character),
        }
    }
    escaped
}

const MARGIN: usize = 12;
const TOP: usize = 50;
const GAP: usize = 3;
const PADDING: usize = 8;
const FIRST_TEXT: usize = 18;
const TEXT_HEIGHT: usize = 15;
const LETTER: usize = 7;
const LEAST_COLUMN: usize = 90;
const LEGEND_HEIGHT: usize = 44;
/// The legend's.
const LEAST_WIDTH: usize = 720;
