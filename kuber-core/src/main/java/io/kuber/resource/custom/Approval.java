package io.kuber.resource.custom;

import io.kuber.object.KubeObject;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Whether Kubernetes' own community approved a definition in one of its groups
 * (apiextensions-apiserver, pkg/apihelpers).
 *
 * @param reason in the words of conditions and refusals
 */
public record Approval(State state, String reason) {
  static final String ANNOTATION = "api-approved.kubernetes.io";
  private static final String SEE = ", see https://github.com/kubernetes/enhancements/pull/1111";

  /** What the annotation says. */
  public enum State {
    /** The group is nobody's business. */
    NOT_NEEDED,
    /** There is none. */
    MISSING,
    /** Neither an address nor an excuse. */
    INVALID,
    /** Not approved, and said so. */
    BYPASSED,
    /** The address where it was approved. */
    APPROVED
  }

  /** That of a definition. */
  public static Approval of(KubeObject definition) {
    String group = definition.spec().text("group");
    if (!isProtected(group)) {
      return new Approval(State.NOT_NEEDED, "");
    }
    String said = definition.annotations().getOrDefault(ANNOTATION, "");
    if (said.isEmpty()) {
      return new Approval(
          State.MISSING,
          "protected groups must have approval annotation \"" + ANNOTATION + '"' + SEE);
    }
    if (said.startsWith("unapproved")) {
      return new Approval(State.BYPASSED, "not approved: \"" + said + '"');
    }
    if (isAddress(said)) {
      return new Approval(State.APPROVED, "approved in " + said);
    }
    return new Approval(
        State.INVALID,
        "protected groups must have approval annotation \""
            + ANNOTATION
            + "\" with either a URL or a reason starting with \"unapproved\""
            + SEE);
  }

  private static boolean isProtected(String group) {
    return group.equals("k8s.io")
        || group.endsWith(".k8s.io")
        || group.equals("kubernetes.io")
        || group.endsWith(".kubernetes.io");
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null && uri.getScheme() != null;
    } catch (URISyntaxException malformed) {
      return false;
    }
  }
}
