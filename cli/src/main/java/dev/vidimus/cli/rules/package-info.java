/// `vidimus rules`: the catalogue of what the examiners can report, and the page on each rule.
@NullMarked
package dev.vidimus.cli.rules;

import org.jspecify.annotations.NullMarked;
