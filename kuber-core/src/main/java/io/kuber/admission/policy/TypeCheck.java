package io.kuber.admission.policy;

import io.kuber.cel.CelCompileException;
import io.kuber.cel.CelExpression;
import io.kuber.cel.KindTypes;
import io.kuber.cel.value.DeclaredType;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Catalogue;
import io.kuber.resource.FieldPath;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Served;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds the expressions of a validating policy against the kinds that it is about (apiserver,
 * plugin/policy/validating/typechecking.go). It only warns: an expression that names a field which
 * one of the kinds does not have may be about another. Pure.
 */
public final class TypeCheck {
  /** However many kinds a policy is about, no more are looked at. */
  private static final int MOST_KINDS = 10;

  private final Catalogue catalogue;
  private final KubeObject policy;
  private final Optional<DeclaredType> params;

  /** What is wrong with one expression. */
  public record Warning(String field, String text) {}

  private TypeCheck(KubeObject policy, Catalogue catalogue) {
    this.policy = policy;
    this.catalogue = catalogue;
    Tree kind = policy.spec().tree("paramKind");
    this.params =
        catalogue.findKind(kind.text("apiVersion"), kind.text("kind")).flatMap(TypeCheck::type);
  }

  /**
   * What is wrong with the expressions of a policy.
   *
   * @param catalogue the kinds that are known
   */
  public static List<Warning> of(KubeObject policy, Catalogue catalogue) {
    return new TypeCheck(policy, catalogue).warnings();
  }

  private List<Warning> warnings() {
    List<Warning> warnings = new ArrayList<>();
    Map<ResourceType, Vocabulary> kinds = vocabularies();
    FieldPath all = FieldPath.SPEC.child("validations");
    List<Tree> validations = policy.spec().items("validations").trees();
    for (int i = 0; i < validations.size(); i++) {
      for (String field : List.of("expression", "messageExpression")) {
        String text = validations.get(i).text(field);
        String wrong = text.isEmpty() ? "" : wrong(text, kinds);
        if (!wrong.isEmpty()) {
          warnings.add(new Warning(all.index(i).child(field).toString(), wrong));
        }
      }
    }
    return warnings;
  }

  private static String wrong(String text, Map<ResourceType, Vocabulary> kinds) {
    return kinds.entrySet().stream()
        .map(kind -> wrong(text, kind.getKey(), kind.getValue()))
        .filter(found -> !found.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static String wrong(String text, ResourceType kind, Vocabulary words) {
    try {
      CelExpression.compile(text, words.names());
      return "";
    } catch (CelCompileException wrong) {
      return "%s/%s, Kind=%s: %s\n"
          .formatted(kind.group(), kind.version(), kind.kind(), wrong.text());
    }
  }

  /** What expressions may mention of each kind, in the order of group, version and kind. */
  private Map<ResourceType, Vocabulary> vocabularies() {
    Map<ResourceType, Vocabulary> vocabularies = new LinkedHashMap<>();
    for (Served served : kinds()) {
      type(served)
          .ifPresent(
              type -> {
                Vocabulary first =
                    Vocabulary.of(policy.spec().has("paramKind")).ofKind(type, params);
                Map<String, Expression> variables = new LinkedHashMap<>();
                for (Tree variable : policy.spec().items("variables").trees()) {
                  variables.put(
                      variable.text("name"),
                      Expression.of(
                          variable.text("expression"), first.with(variables).names(), Set.of()));
                }
                vocabularies.put(served.type(), first.with(variables));
              });
    }
    return vocabularies;
  }

  private static Optional<DeclaredType> type(Served served) {
    return served.version().schema().type().map(KindTypes::of);
  }

  private List<Served> kinds() {
    List<Served> kinds = new ArrayList<>();
    for (Tree rule : policy.spec().tree("matchConstraints").items("resourceRules").trees()) {
      for (Served served : kinds(rule)) {
        if (kinds.size() < MOST_KINDS && !kinds.contains(served)) {
          kinds.add(served);
        }
      }
    }
    kinds.sort(
        Comparator.comparing((Served served) -> served.type().group())
            .thenComparing(served -> served.type().version())
            .thenComparing(served -> served.type().kind()));
    return kinds;
  }

  /** Those that a rule names; one that says "all" of groups or versions names none. */
  private List<Served> kinds(Tree rule) {
    Set<String> groups = new TreeSet<>(rule.items("apiGroups").texts());
    Set<String> versions = new TreeSet<>(rule.items("apiVersions").texts());
    List<Served> kinds = new ArrayList<>();
    if (groups.contains("*") || versions.contains("*")) {
      return kinds;
    }
    for (String group : groups) {
      for (String version : versions) {
        for (String resource : new TreeSet<>(rule.items("resources").texts())) {
          catalogue.find(group, version, resource).ifPresent(kinds::add);
        }
      }
    }
    return kinds;
  }
}
