package io.kuber.fairness;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.Comparator;
import java.util.List;

/**
 * Requests that belong to one priority level.
 *
 * @param level the name of the priority level
 * @param precedence the lowest is asked first
 * @param method what makes flows of them
 */
public record FlowSchema(
    String name, String uid, String level, long precedence, Method method, List<FlowRule> rules) {
  /** The order in which schemas are asked. */
  static final Comparator<FlowSchema> ORDER =
      Comparator.comparingLong(FlowSchema::precedence).thenComparing(FlowSchema::name);

  /** What makes flows of the requests of a schema: each flow has its fair part of a level. */
  public enum Method {
    /** All are one flow. */
    NONE,
    /** Each user is a flow. */
    BY_USER,
    /** Each namespace is a flow. */
    BY_NAMESPACE
  }

  /** Copies the rules. */
  public FlowSchema {
    rules = List.copyOf(rules);
  }

  /** What the object says. */
  public static FlowSchema of(KubeObject object) {
    Tree spec = object.spec();
    return new FlowSchema(
        object.name(),
        object.uid(),
        spec.text("priorityLevelConfiguration", "name"),
        spec.number(0, "matchingPrecedence"),
        switch (spec.text("distinguisherMethod", "type")) {
          case "ByUser" -> Method.BY_USER;
          case "ByNamespace" -> Method.BY_NAMESPACE;
          default -> Method.NONE;
        },
        spec.items("rules").trees().stream().map(FlowRule::of).toList());
  }

  boolean matches(Asked asked) {
    for (FlowRule rule : rules) {
      if (rule.matches(asked)) {
        return true;
      }
    }
    return false;
  }

  /** What the queues of a flow are dealt by. */
  public static long hash(String schema, String distinguisher) {
    return Dealer.hash(schema, distinguisher);
  }

  /** What tells the flow of the request from others of this schema. */
  public String distinguisher(Asked asked) {
    return switch (method) {
      case NONE -> "";
      case BY_USER -> asked.user().name();
      case BY_NAMESPACE -> asked.namespace();
    };
  }
}
