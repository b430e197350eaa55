//! What sections are refused for, in the words that their authors read.

use super::*;

#[test]
fn misspelt_names_are_found_wherever_they_stand() {
    for (text, expected) in [
        ("For {{ client.nmae }}", "T003 clients have no field called `nmae` | nmae | did you mean `name`?"),
        ("{% if client.nmae %}x{% endif %}", "T003 clients have no field called `nmae` | nmae | did you mean `name`?"),
        (
            "{% if client.name or contact.nmae %}x{% endif %}",
            "T003 contacts have no field called `nmae` | nmae | did you mean `name`?",
        ),
        (
            "{{ rep.nmae | default(value=\"us\") }}",
            "T003 reps have no field called `nmae` | nmae | did you mean `name`?",
        ),
        (
            "{{ rep.name | default(value=contact.nmae) }}",
            "T003 contacts have no field called `nmae` | nmae | did you mean `name`?",
        ),
        (
            "{% for c in opportunity.competitor %}x{% endfor %}",
            "T003 `opportunity` has no field called `competitor` | competitor | did you mean `competitors`?",
        ),
        (
            "{{ answers.startdate }}",
            "T003 this template asks for no field called `startdate` | startdate | did you mean `start_date`?",
        ),
        ("{{ clinet.name }}", "T003 there is nothing called `clinet` | clinet | did you mean `client`?"),
        ("{{ quote.totl }}", "T003 `quote` has no field called `totl` | totl | did you mean `total`?"),
        (
            "{% for line in quote.lines %}{{ line.nett }}{% endfor %}",
            "T003 `line` has no field called `nett` | nett | did you mean `net`?",
        ),
        (
            "{{ client.size.trucks }}",
            "T003 `client.size` has no field called `trucks` | trucks | there are `vehicles`, `employees`, `locations` and `annual_revenue`",
        ),
        (
            "{{ client.name.first }}",
            "T003 `client.name` is text: it has no `first` | first | write `client.name` alone",
        ),
        (
            "{{ __tera_context }}",
            "T003 there is nothing called `__tera_context` | __tera_context | there are `client`, `contact`, `opportunity`, `rep`, `quote`, `answers`, `document`, `segment`, `variant`, `template` and `brand`",
        ),
        (
            "{% for d in answers.depots %}{{ dd }}{% endfor %}",
            "T003 there is nothing called `dd` | dd | there are `client`, `contact`, `opportunity`, `rep`, `quote`, `answers`, `document`, `segment`, `variant`, `template`, `brand` and `d`",
        ),
        (
            "{% for d in answers.depots %}{{ d.name }}{% endfor %}",
            "T003 `d` is text: it has no `name` | name | write `d` alone",
        ),
        (
            "{% if client.name %}{% set x = 1 %}{% endif %}{{ x }}",
            "T003 there is nothing called `x` | x | there are `client`, `contact`, `opportunity`, `rep`, `quote`, `answers`, `document`, `segment`, `variant`, `template` and `brand`",
        ),
        ("{{ loop.index }}", "T003 `loop` stands outside a loop | loop | no `for` is open here"),
        (
            "{% for d in answers.depots %}{{ loop.idx }}{% endfor %}",
            "T003 `loop` has no field called `idx` | idx | there are `index`, `index0`, `first`, `last` and `length`",
        ),
    ] {
        assert_eq!(faults(text), expected, "{text}");
    }
}

#[test]
fn constructs_that_are_not_offered_are_named() {
    for (text, expected) in [
        ("{% include \"a.md\" %}", "T004 `include` is not offered in sections | include | not offered"),
        ("{% extends \"a.md\" %}", "T004 `extends` is not offered in sections | extends | not offered"),
        ("{% import \"a.md\" as a %}", "T004 `import` is not offered in sections | import | not offered"),
        (
            "{% macro a() %}{% endmacro %}",
            "T004 `macro` is not offered in sections | macro | not offered\nT004 `endmacro` is not offered in sections | endmacro | not offered",
        ),
        ("{% set_global a = 1 %}", "T004 `set_global` is not offered in sections | set_global | not offered"),
        (
            "{% raw %}x{% endraw %}",
            "T004 `raw` is not offered in sections | raw | not offered\nT004 `endraw` is not offered in sections | endraw | not offered",
        ),
        (
            "{% block a %}{% endblock %}",
            "T004 `block` is not offered in sections | block | not offered\nT004 `endblock` is not offered in sections | endblock | not offered",
        ),
        ("{% break %}", "T004 `break` is not offered in sections | break | not offered"),
        (
            "{% fi client.name %}",
            "T004 there is no tag called `fi` | fi | there are `if`, `elif`, `else`, `endif`, `for`, `endfor` and `set`",
        ),
        ("{% endfi %}", "T004 there is no tag called `endfi` | endfi | did you mean `endif`?"),
        ("{% else if client.name %}", "T001 `else if` is written in one word | if | write `elif`"),
        ("{{ client[\"name\"] }}", "T004 values are named by words and points: `client.name` | [ | not offered"),
        ("{{ client?.name }}", "T004 values are named by words and points: `client.name` | ?. | not offered"),
        ("{{ {\"a\": 1} }}", "T004 maps are not offered in sections | { | not offered"),
        (
            "{{ none }}",
            "T004 there is no `none`: a value that is not given is tested by `is defined` | none | not offered",
        ),
        (
            "{% if client.size.vehicles is odd %}x{% endif %}",
            "T004 there is no test called `odd` | odd | there are `is defined` and `is undefined`",
        ),
        (
            "{{ client.name | safe }}",
            "T005 the filter `safe` is not offered | safe | values are never markup: Markdown belongs in the section itself",
        ),
        (
            "{{ client.name | upper }}",
            "T005 the filter `upper` is not offered | upper | names are printed as the client writes them",
        ),
        ("{{ client.name | nubmer }}", "T005 there is no filter called `nubmer` | nubmer | did you mean `number`?"),
        (
            "{{ now() }}",
            "T006 there is no function called `now` | now | there are `amount`, `block`, `blocks`, `has_section` and `range`",
        ),
        (
            "{{ hasSection(\"cover\") }}",
            "T006 there is no function called `hasSection` | hasSection | did you mean `has_section`?",
        ),
        ("{{ <card/> }}", "T001 a value is missing | < | a name such as `client.name` should stand here"),
        ("{% <card> %}", "T001 a tag begins with a word such as `if` or `for` | < | not a tag"),
        ("{{ [d for d in answers.depots] | list }}", "T001 a list does not end | for | `]` or `,` is missing"),
    ] {
        assert_eq!(faults(text), expected, "{text}");
    }
}

#[test]
fn tags_that_cannot_be_read_are_shown() {
    for (text, expected) in [
        ("For {{ client.name }", "T001 `}` cannot stand alone"),
        ("For {{ client.name", "T001 a tag is never closed: `}}` is missing | {{ | begins here"),
        ("{% if client.name }}x{% endif %}", "T001 `}}` where `%}` should close the tag | }} | write `%}`"),
        ("{{ client.name %}", "T001 `%}` where `}}` should close the tag | %} | write `}}`"),
        (
            "{{ client.name {{ rep.name }}",
            "T001 `{{` where `}}` should close the tag | {{ | a new tag begins before `}}`",
        ),
        ("{{ }}", "T001 the tag is empty | }} | a name such as `client.name` is missing"),
        ("client.name }}", "T021 `}}` closes nothing | }} | no `{{` stands before it"),
        (
            "{{ client.name | default(value=“you”) }}",
            "T001 `“` cannot stand in a tag | “ | write straight quotation marks: `\"`",
        ),
        (
            "{{ client.name | default(value=\"you) }}",
            "T001 a text that begins with `\"` does not end on its line | \" | the closing `\"` is missing",
        ),
        (
            "{{ client.\u{a0}name }}",
            "T001 `\u{a0}` cannot stand in a tag | \u{a0} | a special space: write an ordinary one",
        ),
        ("{{ client.name rep.name }}", "T001 something is left over | rep | not expected here"),
        ("{{ client. }}", "T001 a name is missing behind the point | }} | such as `name` in `client.name`"),
        ("{{ client.name | }}", "T001 a filter's name stands behind `|` | }} | the name is missing"),
        (
            "{% if client.name = \"x\" %}{% endif %}",
            "T001 `=` gives a value; two values are compared by `==` | = | write `==`",
        ),
        ("{% for client.name in x %}{% endfor %}", "T001 a loop is written `for name in list` | . | `in` is missing"),
        ("{% for k, v in x %}{% endfor %}", "T001 a loop has one name | , | write `for name in list`"),
        ("{# never", "T001 a comment is never closed: `#}` is missing | {# | begins here"),
        (
            "{% if client.name %}x",
            "T002 `if` is never closed: `{% endif %}` is missing | {% if client.name %} | begins here",
        ),
        (
            "{% for d in answers.depots %}x",
            "T002 `for` is never closed: `{% endfor %}` is missing | {% for d in answers.depots %} | begins here",
        ),
        ("x{% endif %}", "T002 `endif` closes nothing | {% endif %} | no `{% if %}` is open here"),
        (
            "{% if client.name %}{% for d in answers.depots %}{% endif %}{% endfor %}",
            "T002 `endif` where `endfor` is due | {% endif %} | write `{% endfor %}` first\nT002 `if` is never closed: `{% endif %}` is missing | {% if client.name %} | begins here",
        ),
        ("{% else %}", "T002 `else` does not stand in an `if` | {% else %} | no `{% if %}` is open here"),
        (
            "{% if client.name %}{% else %}{% else %}{% endif %}",
            "T002 a second `else` | {% else %} | one `else` has been given already",
        ),
        (
            "{% if client.name %}{% else %}{% elif rep.name %}{% endif %}",
            "T002 `elif` does not stand in an `if` | {% elif rep.name %} | no `{% if %}` is open here",
        ),
        ("---\ntitle: x\n# A\n", "T022 front matter has no end | --- | begins here"),
        ("a\u{E002}b", "T020 the private character U+E002 stands in the text | \u{E002} | invisible: delete it"),
    ] {
        let told = faults(text);
        if text == "For {{ client.name }" {
            assert!(told.starts_with("T001"), "{told}");
        } else {
            assert_eq!(told, expected, "{text}");
        }
    }
}

#[test]
fn what_has_no_printed_form_is_refused() {
    for (text, expected) in [
        (
            "{{ client }}",
            "T009 `client` holds several values and cannot be printed | client | name one of them, such as `client.name`",
        ),
        (
            "{{ answers }}",
            "T009 `answers` holds several values and cannot be printed | answers | name one of them, such as `answers.start_date`",
        ),
        (
            "{{ answers.depots }}",
            "T009 `answers.depots` is a list and cannot be printed | answers.depots | write `answers.depots | list`",
        ),
        (
            "{{ answers.urgent }}",
            "T009 `answers.urgent` is yes or no and cannot be printed | answers.urgent | write `{% if answers.urgent %}…{% endif %}`",
        ),
        (
            "{{ rep.name or \"us\" }}",
            "T009 `rep.name or \"us\"` is yes or no and cannot be printed | rep.name or \"us\" | write `{% if rep.name or \"us\" %}…{% endif %}`",
        ),
        (
            "{{ answers.yard }}",
            "T009 `answers.yard` is an image and cannot be printed as text | answers.yard | write `![what it shows]({{ answers.yard }})`",
        ),
        (
            "He said: {{ answers.note }}",
            "T016 `answers.note` may hold paragraphs and cannot stand inside a line | answers.note | put it on a line of its own, from the margin on",
        ),
        (
            "  {{ answers.note }}",
            "T016 `answers.note` may hold paragraphs and cannot stand inside a line | answers.note | put it on a line of its own, from the margin on",
        ),
        ("{{ \"{{ x }}\" }}", "T021 braces in a text would be printed | \"{{ x }}\" | word it without them"),
        (
            "{% if client %}x{% endif %}",
            "T012 `client` is always there | client | ask for one of its values, such as `contact.name`",
        ),
        ("a \\{\\{ b", "T021 two braces in the text would be printed | a \\{\\{ b | word it without them"),
        (
            "a &#123;&lbrace; b",
            "T021 two braces in the text would be printed | a &#123;&lbrace; b | word it without them",
        ),
    ] {
        assert_eq!(faults(text), expected, "{text}");
    }
}

#[test]
fn sums_by_operators_and_on_words_are_refused() {
    for (text, expected) in [
        (
            "{{ client.size.vehicles * 2.4 }}",
            "T010 numbers are not reckoned with `*` but with filters | * | write `| times(by=…)`",
        ),
        (
            "{{ answers.budget + 1 }}",
            "T010 numbers are not reckoned with `+` but with filters | + | write `| plus(by=…)`",
        ),
        (
            "{% if client.size.vehicles / 2 > 4 %}x{% endif %}",
            "T010 numbers are not reckoned with `/` but with filters | / | write `| divided_by(by=…)`",
        ),
        (
            "{{ client.size.vehicles - 1 }}",
            "T010 numbers are not reckoned with `-` but with filters | - | write `| minus(by=…)`",
        ),
        ("{{ client.name ~ rep.name }}", "T010 texts are not joined by `~` | ~ | write the two after each other"),
        (
            "{{ client.name | times(by=2) }}",
            "T008 `times` works on numbers, and `client.name` is text | times | does not fit",
        ),
        (
            "{{ client.size.vehicles | number | times(by=2) }}",
            "T008 `times` works on numbers, and `client.size.vehicles | number` is text | times | reckon first and write the number last",
        ),
        (
            "{{ client.size.vehicles | default(value=\"many\") | number }}",
            "T008 `number` works on numbers and amounts, and `client.size.vehicles | default(value=\"many\")` is sometimes text and sometimes not | number | put it before `default`",
        ),
        (
            "{{ answers.rate | number }}",
            "T008 `number` works on numbers and amounts, and `answers.rate` is a percentage | number | write `percent`",
        ),
        (
            "{{ answers.start_date | number }}",
            "T008 `number` works on numbers and amounts, and `answers.start_date` is a date | number | write `date`",
        ),
        ("{{ client.name | date }}", "T008 `date` works on dates, and `client.name` is text | date | does not fit"),
        (
            "{% for c in client.name %}x{% endfor %}",
            "T008 `client.name` is text | client.name | a loop goes over a list, such as `opportunity.competitors`",
        ),
        ("{{ client.size.vehicles | times(2) }}", "T007 arguments of `times` have names | 2 | write `by=2`"),
        ("{{ client.size.vehicles | times }}", "T007 `times` needs `by` | times | write `times(by=…)` with a number"),
        (
            "{{ client.size.vehicles | times(bye=2) }}",
            "T007 `times` takes no argument called `bye` | bye | did you mean `by`?",
        ),
        (
            "{{ client.size.vehicles | times(by=client.name) }}",
            "T007 `by` of `times` takes a number | client.name | this is text",
        ),
        (
            "{{ client.size.vehicles | number(digits=99) }}",
            "T007 `digits` of `number` takes a whole number from 0 to 12, written out | 99 | not one of these",
        ),
        (
            "{{ document.date | date(style=\"tiny\") }}",
            "T007 `style` of `date` takes `\"long\" or `\"short\"` | \"tiny\" | not one of these",
        ),
        (
            "{{ client.size.vehicles | plural(one=\"van\") }}",
            "T007 `plural` needs `other` | plural | write `plural(other=…)` with a text",
        ),
        ("{{ 1 | divided_by(by=0) }}", "T019 a number is divided by zero | 1 | divided_by(by=0) | no result"),
        (
            "{{ 9000000000000000000 | times(by=9000000000000000000) | number }}",
            "T019 a number becomes too large to be exact | 9000000000000000000 | times(by=9000000000000000000) | no result",
        ),
        (
            "{{ 99999999999999999999999999999999 }}",
            "T001 a number has more digits than can be reckoned with | 99999999999999999999999999999999 | too long",
        ),
    ] {
        let told = faults(text);
        let expected = expected.replace("`\"long\" or `\"short\"`", "`\"long\"` or `\"short\"`");
        assert_eq!(told, expected, "{text}");
    }
}

#[test]
fn comparisons_that_can_never_hold_are_refused() {
    for (condition, expected) in [
        (
            "answers.start_date > document.date",
            "T012 dates are not compared | answers.start_date > document.date | the plan decides by date: `available` in template.yaml",
        ),
        (
            "client.industry == 5",
            "T012 text is compared with a number | client.industry == 5 | the two can never be equal",
        ),
        ("client.name > \"a\"", "T012 texts have no order for `>` | client.name > \"a\" | only numbers have"),
        (
            "opportunity.competitors == \"in-house\"",
            "T012 a list is not compared with a text | opportunity.competitors == \"in-house\" | write `\"…\" in list`",
        ),
        (
            "\"x\" in client.size.vehicles",
            "T012 `in` looks in a list, and `client.size.vehicles` is a number | \"x\" in client.size.vehicles | never found",
        ),
        (
            "5 in opportunity.competitors",
            "T012 a number is looked for in a list of text | 5 in opportunity.competitors | never found",
        ),
        ("variant.id == \"lnog\"", "T013 the value is never `lnog` | \"lnog\" | did you mean `long`?"),
        ("segment.id in [\"smal\"]", "T013 the value is never `smal` | \"smal\" | did you mean `small`?"),
        (
            "answers.programme == \"partner\"",
            "T013 the value is never `partner` | \"partner\" | there are `essential` and `managed`",
        ),
        (
            "has_section(\"prcing\")",
            "T017 the template has no section called `prcing` | \"prcing\" | did you mean `pricing`?",
        ),
        ("1 < 2 < 3", "T001 two comparisons in a row | < | write `and` between them"),
        (
            "client.size.employees > 5",
            "T011 `client.size.employees` is not given: nothing to compare | client.size.employees | not given",
        ),
    ] {
        assert_eq!(faults(&format!("{{% if {condition} %}}x{{% endif %}}")), expected, "{condition}");
    }
}
