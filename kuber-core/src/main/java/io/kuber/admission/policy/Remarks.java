package io.kuber.admission.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.api.AuditNotes;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What policies have for an audit log, collected over one write (plugin/policy/validating,
 * dispatcher.go and audit_annotation). Owned by the thread of the request.
 */
final class Remarks {
  private static final String FAILURE = "validation.policy.admission.k8s.io/validation_failure";

  private final List<Object> failures = new ArrayList<>();
  private final Map<String, Set<String>> annotations = new LinkedHashMap<>();

  /** Takes what one binding says to tell. */
  void add(Policy policy, Binding binding, Judgement judgement) {
    if (binding.actions().contains("Audit")) {
      for (Finding violation : judgement.violations()) {
        failures.add(
            Tree.of(
                "message", violation.message(),
                "policy", policy.name(),
                "binding", binding.name(),
                "expressionIndex", (long) violation.index(),
                "validationActions", Items.copyOf(binding.actions())));
      }
    }
    judgement
        .annotations()
        .forEach(
            (key, value) ->
                annotations
                    .computeIfAbsent(policy.name() + "/" + key, unused -> new LinkedHashSet<>())
                    .add(value));
  }

  /** Tells all of it; several values of one key as one, each once. */
  void tell(AuditNotes notes) {
    if (!failures.isEmpty()) {
      notes.note(FAILURE, new String(Json.print(Items.copyOf(failures)), UTF_8));
    }
    annotations.forEach((key, values) -> notes.note(key, String.join(", ", values)));
  }
}
