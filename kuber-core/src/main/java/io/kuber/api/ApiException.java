package io.kuber.api;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.List;

/**
 * A request that failed, with all that a Status object tells the client. The one exception of the
 * API: thrown by verbs, and the failure of the stages that clients return.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final StatusReason reason;
  private final int code;
  private final transient Details details;
  private final String continueToken;

  /** A failure without details. */
  public ApiException(StatusReason reason, String message) {
    this(reason, message, Details.NONE);
  }

  /** A failure with details. */
  public ApiException(StatusReason reason, String message, Details details) {
    this(reason, message, details, "");
  }

  /** A failure whose status code is not the one that its reason stands for. */
  public ApiException(StatusReason reason, int code, String message, Details details) {
    this(reason, code, message, details, "");
  }

  /** A failure of a list that the client may continue all the same, with another token. */
  ApiException(StatusReason reason, String message, Details details, String continueToken) {
    this(reason, reason.code(), message, details, continueToken);
  }

  private ApiException(
      StatusReason reason, int code, String message, Details details, String continueToken) {
    super(message, null, false, false);
    this.reason = reason;
    this.code = code;
    this.details = details;
    this.continueToken = continueToken;
  }

  /** The reason. */
  public StatusReason reason() {
    return reason;
  }

  /** What the failure is about. */
  public Details details() {
    return details;
  }

  /** The HTTP status code. */
  public int code() {
    return code;
  }

  /** The Status object as the client gets it. */
  public Tree toStatus() {
    Tree.Builder status =
        Tree.builder()
            .put("kind", "Status")
            .put("apiVersion", "v1")
            .put(
                "metadata",
                continueToken.isEmpty() ? Tree.EMPTY : Tree.of("continue", continueToken))
            .put("status", "Failure")
            .put("message", String.valueOf(getMessage()));
    putText(status, "reason", reason.text());
    Tree detailsTree = details.toTree();
    if (!detailsTree.isEmpty()) {
      status.put("details", detailsTree);
    }
    return status.put("code", (long) code()).build();
  }

  /**
   * What a failure is about.
   *
   * @param kind the plural of the resource where upstream says so, such as {@code pods}
   * @param retryAfterSeconds zero where the client need not wait
   */
  public record Details(
      String name,
      String group,
      String kind,
      String uid,
      List<Cause> causes,
      int retryAfterSeconds) {
    /** No details. */
    public static final Details NONE = new Details("", "", "", "", List.of(), 0);

    /** Copies the causes. */
    public Details {
      causes = List.copyOf(causes);
    }

    private Tree toTree() {
      Tree.Builder tree = Tree.builder();
      putText(tree, "name", name);
      putText(tree, "group", group);
      putText(tree, "kind", kind);
      putText(tree, "uid", uid);
      if (!causes.isEmpty()) {
        tree.put("causes", Items.copyOf(causes.stream().map(Cause::toTree).toList()));
      }
      if (retryAfterSeconds > 0) {
        tree.put("retryAfterSeconds", (long) retryAfterSeconds);
      }
      return tree.build();
    }
  }

  /**
   * One cause of a failure.
   *
   * @param reason such as {@code FieldValueRequired}
   * @param field the path of the field, such as {@code spec.containers[0].name}
   */
  public record Cause(String reason, String message, String field) {
    private Tree toTree() {
      Tree.Builder tree = Tree.builder();
      putText(tree, "reason", reason);
      putText(tree, "message", message);
      putText(tree, "field", field);
      return tree.build();
    }
  }

  private static void putText(Tree.Builder tree, String name, String text) {
    if (!text.isEmpty()) {
      tree.put(name, text);
    }
  }
}
