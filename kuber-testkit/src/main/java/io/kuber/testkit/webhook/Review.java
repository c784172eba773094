package io.kuber.testkit.webhook;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.Optional;

/**
 * A write that a webhook is asked about.
 *
 * @param request of the {@code AdmissionReview}, whole
 */
public record Review(Tree request) {
  /** {@code CREATE}, {@code UPDATE} or {@code DELETE}. */
  public String operation() {
    return request.text("operation");
  }

  /** The object as it is to be; of a delete, the object there is. */
  public KubeObject object() {
    return found("object").or(this::old).orElseGet(() -> KubeObject.of(Tree.EMPTY));
  }

  /** The object there is; empty for a new one. */
  public Optional<KubeObject> old() {
    return found("oldObject");
  }

  /** The name of the user who writes. */
  public String user() {
    return request.text("userInfo", "username");
  }

  /** Whether nothing is going to be written. */
  public boolean isDryRun() {
    return request.isTrue("dryRun");
  }

  private Optional<KubeObject> found(String field) {
    Tree tree = request.tree(field);
    return tree.isEmpty() ? Optional.empty() : Optional.of(KubeObject.of(tree));
  }
}
