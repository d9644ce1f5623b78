//! Whether a tree is well-formed: children lie in order inside their parents, and nothing but separators lies between.

use multi_isp::routeros::syntax::{Arg, Command, Expr, Item, Part, Script, Span};

/// Fails unless every span of the script's tree is where it should be.
pub fn check(script: &Script) {
    let source = script.to_bytes();
    let all = Span::new(0, u32::try_from(source.len()).expect("inputs are small"));
    items(&source, all, script.items());
}

/// Fails unless the script is one command whose values are `text` and `7`.
pub fn is_one_command_with_two_values(script: &Script, text: &[u8]) {
    let [Item::Command(command)] = script.items() else {
        panic!("{:?}", script.items())
    };
    let [
        Arg::Named {
            value: Some(first), ..
        },
        Arg::Named {
            value: Some(second), ..
        },
    ] = command.args.as_slice()
    else {
        panic!("{:?}", command.args)
    };
    assert_eq!(script.text(first.span()), text);
    assert_eq!(script.text(second.span()), b"7");
    let literal = match first {
        Expr::Word(_) => true,
        Expr::Str { parts, .. } => parts.is_empty(),
        _ => false,
    };
    assert!(literal, "{first:?}");
}

fn items(source: &[u8], parent: Span, items: &[Item]) {
    let gaps = ordered(parent, items.iter().map(Item::span));
    for gap in gaps {
        let text = gap.of(source);
        let separates = |byte: &u8| b" \t\r\n;\\".contains(byte);
        assert!(
            text.iter().all(separates),
            "between items: {:?}",
            text.escape_ascii().to_string()
        );
    }
    for item in items {
        match item {
            Item::Comment(span) => assert!(span.of(source).starts_with(b"#")),
            Item::Error(span) => assert!(!span.is_empty()),
            Item::Command(found) => command(source, found),
        }
    }
}

fn command(source: &[u8], command: &Command) {
    ordered(
        command.span,
        command
            .words
            .iter()
            .copied()
            .chain(command.args.iter().map(Arg::span)),
    );
    for arg in &command.args {
        match arg {
            Arg::Positional(value) => expr(source, value),
            Arg::Named { span, name, value } => {
                ordered(*span, [*name].into_iter().chain(value.iter().map(Expr::span)));
                value.iter().for_each(|value| expr(source, value));
            }
            Arg::Unset { span, name } => drop(ordered(*span, [*name].into_iter())),
            Arg::Where {
                span,
                keyword,
                conditions,
            } => {
                ordered(
                    *span,
                    keyword.iter().copied().chain(conditions.iter().map(Expr::span)),
                );
                conditions.iter().for_each(|condition| expr(source, condition));
            }
        }
    }
}

fn expr(source: &[u8], found: &Expr) {
    let span = found.span();
    match found {
        Expr::Word(_) => assert!(!span.is_empty()),
        Expr::Var { name, .. } => drop(ordered(span, [*name].into_iter())),
        Expr::Str { parts, .. } => {
            ordered(span, parts.iter().map(part_span));
            for part in parts {
                if let Part::Value(value) = part {
                    expr(source, value);
                }
            }
        }
        Expr::Paren { value, .. } => within(source, span, value.as_deref()),
        Expr::Subst { items: inner, .. } | Expr::Block { items: inner, .. } => {
            let dollar = span.of(source).starts_with(b"$");
            // A lenient parse lets the end of the source close what is open.
            let closed = inner.last().is_none_or(|item| item.span().end < span.end);
            let inside = Span::new(span.start + 1 + u32::from(dollar), span.end - u32::from(closed));
            items(source, inside, inner);
        }
        Expr::Array { elements, .. } => {
            ordered(span, elements.iter().map(|element| element.span));
            for element in elements {
                within(source, element.span, element.key.iter().chain(&element.value));
            }
        }
        Expr::Unary { op_span, operand, .. } => {
            ordered(span, [*op_span, operand.span()].into_iter());
            expr(source, operand);
        }
        Expr::Binary {
            op_span, operands, ..
        } => {
            let (left, right) = operands.as_ref();
            ordered(span, [left.span(), *op_span, right.span()].into_iter());
            within(source, span, [left, right]);
        }
        Expr::Concat { parts, .. } => {
            assert!(parts.len() >= 2);
            let gaps = ordered(span, parts.iter().map(Expr::span));
            assert!(
                gaps.iter()
                    .all(|gap| gap.is_empty() || gap.of(source).starts_with(b"\\")),
                "{parts:?}"
            );
            parts.iter().for_each(|part| expr(source, part));
        }
    }
}

fn within<'a>(source: &[u8], parent: Span, children: impl IntoIterator<Item = &'a Expr>) {
    for child in children {
        assert!(parent.contains(child.span()));
        expr(source, child);
    }
}

fn part_span(part: &Part) -> Span {
    match part {
        Part::Text(span) => *span,
        Part::Value(value) => value.span(),
    }
}

/// Fails unless the children stand in order inside their parent; the spans between them, and at both ends.
fn ordered(parent: Span, children: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut gaps = Vec::new();
    let mut at = parent.start;
    for child in children {
        assert!(
            at <= child.start && child.end <= parent.end,
            "{child:?} does not follow {at} in {parent:?}"
        );
        gaps.push(Span::new(at, child.start));
        at = child.end;
    }
    gaps.push(Span::new(at, parent.end));
    gaps
}
