package io.kuber.admission.policy;

import io.kuber.api.Admission.Request;
import io.kuber.api.ApiException;
import io.kuber.api.ApiException.Cause;
import io.kuber.api.ApiException.Details;
import io.kuber.api.StatusReason;
import io.kuber.resource.ResourceType;
import java.util.Arrays;
import java.util.List;

/** A write that a policy refuses. */
record Denial(String policy, String binding, Finding finding) {
  /** The refusal as the client sees it. */
  ApiException refusal(Request request) {
    ResourceType type = request.kind().type();
    String name = request.object().name();
    String why =
        "ValidatingAdmissionPolicy '%s' with binding '%s' denied request: %s"
            .formatted(policy, binding, finding.message());
    return new ApiException(
        reason(),
        "%s \"%s\" is forbidden: %s".formatted(type.qualifiedName(), name, why),
        details(type, name, why));
  }

  /**
   * The refusal of a policy that could not change what is written: forbidden by its code, whatever
   * its reason (plugin/policy/generic/policy_dispatcher.go).
   */
  ApiException ofChange(Request request) {
    String why =
        "policy '%s' with binding '%s' denied request: %s"
            .formatted(policy, binding, finding.message());
    return new ApiException(
        reason(),
        StatusReason.FORBIDDEN.code(),
        why,
        details(request.kind().type(), request.object().name(), why));
  }

  private static Details details(ResourceType type, String name, String why) {
    return new Details(name, type.group(), type.plural(), "", List.of(new Cause("", why, "")), 0);
  }

  private StatusReason reason() {
    return Arrays.stream(StatusReason.values())
        .filter(reason -> reason.text().equals(finding.reason()))
        .findFirst()
        .filter(reason -> !finding.reason().isEmpty())
        .orElse(StatusReason.INVALID);
  }
}
