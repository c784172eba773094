package io.kuber.admission.match;

import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import java.util.List;

/**
 * Which writes a webhook or a policy is about (predicates/rules/rules.go).
 *
 * @param scope {@code Cluster}, {@code Namespaced} or {@code *}
 * @param names of the objects; any where there are none
 */
public record MatchRule(
    List<String> operations,
    List<String> groups,
    List<String> versions,
    List<String> resources,
    String scope,
    List<String> names) {
  private static final String ANY = "*";

  static MatchRule of(Tree rule) {
    return new MatchRule(
        rule.items("operations").texts(),
        rule.items("apiGroups").texts(),
        rule.items("apiVersions").texts(),
        rule.items("resources").texts(),
        rule.text("scope"),
        rule.items("resourceNames").texts());
  }

  boolean isAbout(String name) {
    return names.isEmpty() || names.contains(name);
  }

  boolean matches(String operation, ResourceType type, String subresource, boolean namespaced) {
    return has(operations, operation)
        && isOf(type, subresource)
        && (!scope.equals("Cluster") || !namespaced)
        && (!scope.equals("Namespaced") || namespaced);
  }

  /** Whether it is about the resource, whatever is done with it. */
  boolean isOf(ResourceType type, String subresource) {
    return has(groups, type.group())
        && has(versions, type.version())
        && resources.stream().anyMatch(resource -> isOf(resource, type.plural(), subresource));
  }

  private static boolean isOf(String rule, String plural, String subresource) {
    int slash = rule.indexOf('/');
    String part = slash < 0 ? "" : rule.substring(slash + 1);
    String resource = slash < 0 ? rule : rule.substring(0, slash);
    return (resource.equals(ANY) || resource.equals(plural))
        && (part.equals(ANY) || part.equals(subresource));
  }

  private static boolean has(List<String> allowed, String value) {
    return allowed.contains(ANY) || allowed.contains(value);
  }
}
