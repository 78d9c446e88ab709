/// Says what rendering a template would do: chat templates above all, which come with the weights
/// and run at every request.
///
/// [TemplateJudge] holds a template to what templates of models need. To add a rule, add it to
/// [TemplateRule] with its page under `docs/findings/`.
@NullMarked
package dev.vidimus.scan.template;

import org.jspecify.annotations.NullMarked;
