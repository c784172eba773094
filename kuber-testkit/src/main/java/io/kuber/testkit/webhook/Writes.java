package io.kuber.testkit.webhook;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;

/**
 * Which writes a webhook is asked about.
 *
 * <pre>{@code
 * Writes.create("pods")
 * Writes.of("deployments.apps").orOf("deployments.apps/scale").unlessItFails()
 * }</pre>
 *
 * @param operations {@code CREATE}, {@code UPDATE}, {@code DELETE}, or {@code *}
 * @param resources the plurals with their groups, such as {@code deployments.apps}; {@code *} for
 *     all
 * @param isLenient whether a write goes on when the webhook fails
 * @param isReinvoked whether a mutating webhook sees again what others change behind it
 */
public record Writes(
    List<String> operations, List<String> resources, boolean isLenient, boolean isReinvoked) {
  private static final String ANY = "*";

  /** Copies the lists. */
  public Writes {
    operations = List.copyOf(operations);
    resources = List.copyOf(resources);
  }

  /** All writes of a resource, such as {@code pods} or {@code deployments.apps}. */
  public static Writes of(String resource) {
    return new Writes(List.of(ANY), List.of(resource), false, false);
  }

  /** All writes. */
  public static Writes any() {
    return of(ANY);
  }

  /** New objects. */
  public static Writes create(String resource) {
    return of(resource).by("CREATE");
  }

  /** Changes of objects. */
  public static Writes update(String resource) {
    return of(resource).by("UPDATE");
  }

  /** Deletions of objects. */
  public static Writes delete(String resource) {
    return of(resource).by("DELETE");
  }

  /** The same for one more resource. */
  public Writes orOf(String resource) {
    List<String> all = new ArrayList<>(resources);
    all.add(resource);
    return new Writes(operations, all, isLenient, isReinvoked);
  }

  /** The same for these operations. */
  public Writes by(String... others) {
    return new Writes(List.of(others), resources, isLenient, isReinvoked);
  }

  /** The same, but a webhook that fails holds up no write ({@code failurePolicy: Ignore}). */
  public Writes unlessItFails() {
    return new Writes(operations, resources, true, isReinvoked);
  }

  /**
   * The same, and once more what others change behind it ({@code reinvocationPolicy: IfNeeded}).
   */
  public Writes again() {
    return new Writes(operations, resources, isLenient, true);
  }

  /** The rules of a webhook configuration. */
  Items rules() {
    return Items.copyOf(resources.stream().map(this::rule).toList());
  }

  private Tree rule(String resource) {
    int slash = resource.indexOf('/');
    String part = slash < 0 ? "" : resource.substring(slash);
    String qualified = slash < 0 ? resource : resource.substring(0, slash);
    int dot = qualified.indexOf('.');
    String group = qualified.equals(ANY) ? ANY : dot < 0 ? "" : qualified.substring(dot + 1);
    String plural = dot < 0 ? qualified : qualified.substring(0, dot);
    return Tree.of(
        "operations", Items.copyOf(operations),
        "apiGroups", Items.of(group),
        "apiVersions", Items.of(ANY),
        "resources", Items.of(plural + part));
  }
}
