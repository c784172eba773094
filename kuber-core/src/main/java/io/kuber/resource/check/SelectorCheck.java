package io.kuber.resource.check;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.selector.InvalidSelectorException;
import io.kuber.selector.LabelSelector;
import java.util.Map;

/** Label selectors inside objects. */
public final class SelectorCheck {
  private SelectorCheck() {}

  /** Reports a selector that is missing, empty, malformed, or does not match the template. */
  public static void check(
      FieldPath spec, Tree selector, Map<String, String> templateLabels, Problems problems) {
    FieldPath field = spec.child("selector");
    if (selector.isEmpty()) {
      problems.required(field, "");
      return;
    }
    MetadataCheck.checkLabels(
        field.child("matchLabels"), selector.tree("matchLabels").texts(), problems);
    try {
      LabelSelector parsed = LabelSelector.of(selector);
      if (parsed.isEmpty()) {
        problems.invalid(field, selector, "empty selector is not allowed");
      } else if (!parsed.test(templateLabels)) {
        problems.invalid(
            spec.child("template", "metadata", "labels"),
            Tree.ofTexts(templateLabels),
            "`selector` does not match template `labels`");
      }
    } catch (InvalidSelectorException malformed) {
      problems.invalid(field, selector, String.valueOf(malformed.getMessage()));
    }
  }
}
