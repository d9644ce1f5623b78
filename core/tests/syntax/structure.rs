//! What holds for every tree: nothing of the source is lost from it.

use multi_isp::routeros::syntax::{Arg, Command, Element, Expr, Item, Part, Root, Script, Span};

/// Panics where a node leaves its parent, siblings overlap, or a gap between nodes holds more than it may
///
/// A gap may hold blanks, line ends, continuations, semicolons and the delimiters of its parent; the first one a byte order mark.
pub fn check(script: &Script) {
    let source = script.to_bytes();
    let all = Span::new(0, u32::try_from(source.len()).unwrap());
    Walk { source }.children(
        all,
        &script.items().iter().map(Node::Item).collect::<Vec<_>>(),
        b"",
    );
}

#[derive(Clone, Copy)]
enum Node<'a> {
    Item(&'a Item),
    Arg(&'a Arg),
    Expr(&'a Expr),
    Element(&'a Element),
    Leaf(Span),
}

impl Node<'_> {
    fn span(&self) -> Span {
        match self {
            Node::Item(item) => item.span(),
            Node::Arg(arg) => arg.span(),
            Node::Expr(expr) => expr.span(),
            Node::Element(element) => element.span,
            Node::Leaf(span) => *span,
        }
    }
}

struct Walk {
    source: Vec<u8>,
}

impl Walk {
    fn children(&self, parent: Span, nodes: &[Node<'_>], delimiters: &[u8]) {
        let mut behind = parent.start;
        for node in nodes {
            let span = node.span();
            assert!(parent.contains(span), "{span:?} leaves {parent:?}");
            assert!(behind <= span.start, "{span:?} overlaps its sibling");
            self.gap(Span::new(behind, span.start), delimiters);
            self.node(*node);
            behind = span.end;
        }
        self.gap(Span::new(behind, parent.end), delimiters);
    }

    fn gap(&self, span: Span, delimiters: &[u8]) {
        let mut rest = span.of(&self.source);
        if span.start == 0 {
            rest = rest.strip_prefix("\u{feff}".as_bytes()).unwrap_or(rest);
        }
        while let Some((&byte, tail)) = rest.split_first() {
            rest = match byte {
                b'\\' if matches!(tail.first(), Some(b'\r' | b'\n')) => tail,
                b'#' if delimiters.contains(&b'#') => {
                    let end = tail.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
                    &tail[end.unwrap_or(tail.len())..]
                }
                b' ' | b'\t' | b'\r' | b'\n' | b';' => tail,
                _ if delimiters.contains(&byte) => tail,
                _ => panic!(
                    "the tree lost {:?} at {span:?}",
                    span.of(&self.source).escape_ascii().to_string()
                ),
            };
        }
    }

    fn node(&self, node: Node<'_>) {
        match node {
            Node::Item(Item::Command(command)) => self.command(command),
            Node::Item(Item::Comment(_) | Item::Error(_)) | Node::Leaf(_) => {}
            Node::Arg(arg) => self.arg(arg),
            Node::Expr(expr) => self.expr(expr),
            Node::Element(element) => {
                let nodes: Vec<_> = element.key.iter().chain(&element.value).map(Node::Expr).collect();
                self.children(element.span, &nodes, b"=");
            }
        }
    }

    fn command(&self, command: &Command) {
        let words = command.words.iter().map(|&word| Node::Leaf(word));
        let nodes: Vec<_> = words.chain(command.args.iter().map(Node::Arg)).collect();
        let delimiters: &[u8] = match command.root {
            Root::Colon => b":/",
            Root::Slash | Root::Relative => b"/",
        };
        self.children(command.span, &nodes, delimiters);
    }

    fn arg(&self, arg: &Arg) {
        match arg {
            Arg::Positional(value) => self.expr(value),
            Arg::Named { span, name, value } => {
                let nodes: Vec<_> = [Node::Leaf(*name)]
                    .into_iter()
                    .chain(value.iter().map(Node::Expr))
                    .collect();
                self.children(*span, &nodes, b"=");
            }
            Arg::Unset { span, name } => self.children(*span, &[Node::Leaf(*name)], b"!"),
            Arg::Where {
                span,
                keyword,
                conditions,
            } => {
                let keyword = keyword.iter().map(|&span| Node::Leaf(span));
                let nodes: Vec<_> = keyword.chain(conditions.iter().map(Node::Expr)).collect();
                self.children(*span, &nodes, b"");
            }
        }
    }

    fn expr(&self, expr: &Expr) {
        match expr {
            Expr::Word(span) => assert!(!span.is_empty()),
            Expr::Str { span, parts } if parts.is_empty() => {
                let text = span.of(&self.source);
                assert!(text.len() >= 2 && text.starts_with(b"\"") && text.ends_with(b"\""));
            }
            Expr::Str { span, parts } => {
                let nodes: Vec<_> = parts
                    .iter()
                    .map(|part| match part {
                        Part::Text(span) => Node::Leaf(*span),
                        Part::Value(value) => Node::Expr(value),
                    })
                    .collect();
                self.children(*span, &nodes, b"\"");
            }
            Expr::Var { span, name } => self.children(*span, &[Node::Leaf(*name)], b"$\""),
            Expr::Paren { span, value } => {
                let nodes: Vec<_> = value.iter().map(|value| Node::Expr(value)).collect();
                self.children(*span, &nodes, b"$()");
            }
            Expr::Subst { span, items } => {
                self.children(*span, &items.iter().map(Node::Item).collect::<Vec<_>>(), b"$[]")
            }
            Expr::Block { span, items } => {
                self.children(*span, &items.iter().map(Node::Item).collect::<Vec<_>>(), b"{}")
            }
            Expr::Array { span, elements } => {
                self.children(
                    *span,
                    &elements.iter().map(Node::Element).collect::<Vec<_>>(),
                    b"{}#",
                );
            }
            Expr::Unary {
                span,
                op_span,
                operand,
                ..
            } => self.children(*span, &[Node::Leaf(*op_span), Node::Expr(operand)], b""),
            Expr::Binary {
                span,
                op_span,
                operands,
                ..
            } => self.children(
                *span,
                &[
                    Node::Expr(&operands.0),
                    Node::Leaf(*op_span),
                    Node::Expr(&operands.1),
                ],
                b"",
            ),
            Expr::Concat { span, parts } => {
                self.children(*span, &parts.iter().map(Node::Expr).collect::<Vec<_>>(), b"")
            }
        }
    }
}
