package io.kuber.cel;

import io.kuber.cel.Environment.Variable;
import io.kuber.cel.value.DeclaredType;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the rules of a schema, place by place, and reports those that are wrong or may cost too
 * much (apiextensions, pkg/apis/apiextensions/validation). Used once, by one thread.
 */
final class RuleCompiler {
  static final String SELF = "self";
  static final String OLD_SELF = "oldSelf";
  static final String RULES = "x-kubernetes-validations";

  /** The name of the type of whole objects; one that no expression can write. */
  private static final String ROOT_TYPE = "@self";

  /** How often a place applies when a list above it has no bound. */
  private static final long UNBOUNDED = -1;

  private final Problems problems;
  private final SchemaCost cost = new SchemaCost();

  RuleCompiler(Problems problems) {
    this.problems = problems;
  }

  /** The rules of a whole schema. */
  RuleNode compile(Tree schema, FieldPath path, boolean isRoot) {
    RuleNode root = node(schema, schema, new Place(path, ROOT_TYPE, 1, null, isRoot));
    cost.checkTotal(path, problems);
    return root;
  }

  /**
   * A place in the schema.
   *
   * @param path of the schema
   * @param name for the type of its values
   * @param count how often it applies at most in one object
   * @param uncorrelatable the list above it whose items cannot be found again after a change
   * @param isRoot whether it is an object with metadata
   */
  private record Place(
      FieldPath path, String name, long count, @Nullable FieldPath uncorrelatable, boolean isRoot) {

    Place below(FieldPath at, String name, Tree schema, @Nullable FieldPath lost, long times) {
      long below =
          count == UNBOUNDED || times == UNBOUNDED ? UNBOUNDED : Estimate.product(count, times);
      return new Place(at, name, below, lost, schema.isTrue("x-kubernetes-embedded-resource"));
    }
  }

  /**
   * The node of a place.
   *
   * @param rules the schema that has the rules: the place's, or a part of its {@code allOf}
   * @param schema the schema that has the types
   */
  private RuleNode node(Tree rules, Tree schema, Place place) {
    Optional<DeclaredType> type = SchemaTypes.of(schema, place.name(), place.isRoot());
    List<Rule.Compiled> compiled =
        rules.items(RULES).isEmpty() || type.isEmpty()
            ? List.of()
            : rules(rules, schema, type.get(), place);
    List<RuleNode> others = new ArrayList<>();
    List<Tree> parts = rules.items("allOf").trees();
    for (int i = 0; i < parts.size(); i++) {
      Place part =
          new Place(
              place.path().child("allOf").index(i),
              place.name(),
              place.count(),
              place.uncorrelatable(),
              place.isRoot());
      RuleNode node = node(parts.get(i), schema, part);
      if (!node.isEmpty()) {
        others.add(node);
      }
    }
    String listType = schema.text("x-kubernetes-list-type");
    return new RuleNode(
        type.orElse(DeclaredType.ANY),
        schema.text("type"),
        compiled,
        properties(rules, schema, place),
        values(rules, schema, place),
        others,
        listType.equals("map") ? schema.items("x-kubernetes-list-map-keys").texts() : List.of());
  }

  private Map<String, RuleNode> properties(Tree rules, Tree schema, Place place) {
    Map<String, RuleNode> nodes = new LinkedHashMap<>();
    rules
        .tree("properties")
        .forEach(
            (name, property) -> {
              Tree types = schema.tree("properties", name);
              if (property instanceof Tree tree && RuleScan.hasRules(tree)) {
                FieldPath path = place.path().child("properties").key(name);
                Place below =
                    place.below(path, place.name() + "." + name, types, place.uncorrelatable(), 1);
                RuleNode node = node(tree, types, below);
                if (!node.isEmpty()) {
                  nodes.put(name, node);
                }
              }
            });
    return nodes;
  }

  private Optional<RuleNode> values(Tree rules, Tree schema, Place place) {
    if (rules.get("items") instanceof Tree items && RuleScan.hasRules(items)) {
      Tree types = schema.tree("items");
      boolean isMap = schema.text("x-kubernetes-list-type").equals("map");
      FieldPath lost =
          isMap || place.uncorrelatable() != null ? place.uncorrelatable() : place.path();
      return present(
          node(
              items,
              types,
              place.below(
                  place.path().child("items"),
                  place.name() + ".@items",
                  types,
                  lost,
                  schema.number(UNBOUNDED, "maxItems"))));
    }
    if (rules.get("additionalProperties") instanceof Tree values && RuleScan.hasRules(values)) {
      Tree types = schema.tree("additionalProperties");
      return present(
          node(
              values,
              types,
              place.below(
                  place.path().child("additionalProperties"),
                  place.name() + ".@values",
                  types,
                  place.uncorrelatable(),
                  schema.number(UNBOUNDED, "maxProperties"))));
    }
    return Optional.empty();
  }

  private static Optional<RuleNode> present(RuleNode node) {
    return node.isEmpty() ? Optional.empty() : Optional.of(node);
  }

  private List<Rule.Compiled> rules(Tree rules, Tree schema, DeclaredType type, Place place) {
    List<Rule.Compiled> compiled = new ArrayList<>();
    Environment plain = null;
    Environment optional = null;
    List<Tree> all = rules.items(RULES).trees();
    for (int i = 0; i < all.size(); i++) {
      Rule rule = Rule.of(all.get(i));
      FieldPath path = place.path().child(RULES).index(i);
      Optional<String> reportedAt = RuleCheck.check(rule, schema, path, problems);
      if (reportedAt.isEmpty()) {
        continue;
      }
      Map<String, Variable> variables = variables(type, rule.isOldOptional());
      Environment environment = rule.isOldOptional() ? optional : plain;
      if (environment == null) {
        environment = Environment.of(variables);
        optional = rule.isOldOptional() ? environment : optional;
        plain = rule.isOldOptional() ? plain : environment;
      }
      rule(rule, reportedAt.get(), environment, variables, type, place, path)
          .ifPresent(compiled::add);
    }
    return compiled;
  }

  private Optional<Rule.Compiled> rule(
      Rule rule,
      String reportedAt,
      Environment environment,
      Map<String, Variable> variables,
      DeclaredType type,
      Place place,
      FieldPath path) {
    Optional<Program> program =
        program(rule, rule.rule(), "bool", environment, variables, path.child("rule"));
    Optional<Program> message =
        rule.messageExpression().isEmpty()
            ? Optional.empty()
            : program(
                rule,
                rule.messageExpression(),
                "string",
                environment,
                variables,
                path.child("messageExpression"));
    if (program.isEmpty()) {
      return Optional.empty();
    }
    long count =
        place.count() == UNBOUNDED
            ? CelLimits.REQUEST_BYTES / (type.minSerializedSize() + 1)
            : place.count();
    long worst = Estimate.product(program.get().cost().max(), count);
    cost.add(path.child("rule"), "estimated rule cost", worst, problems);
    message.ifPresent(
        it ->
            cost.add(
                path.child("messageExpression"),
                "estimated messageExpression cost",
                it.cost().max(),
                problems));
    Rule.Compiled compiled = new Rule.Compiled(rule, program.get(), message, reportedAt);
    if (compiled.usesOld() && place.uncorrelatable() != null) {
      problems.invalid(
          path.child("rule"),
          rule.rule(),
          "oldSelf cannot be used on the uncorrelatable portion of the schema within "
              + place.uncorrelatable());
    }
    return Optional.of(compiled);
  }

  private Optional<Program> program(
      Rule rule,
      String text,
      String wanted,
      Environment environment,
      Map<String, Variable> variables,
      FieldPath path) {
    boolean isMessage = wanted.equals("string");
    try {
      Program program = Program.compile(text, environment, variables);
      if (program.resultType().equals(wanted)) {
        return Optional.of(program);
      }
      problems.invalid(
          path,
          rule.printed(),
          isMessage
              ? "messageExpression must evaluate to a string"
              : "cel expression must evaluate to a bool");
    } catch (CelCompileException wrong) {
      problems.invalid(
          path,
          rule.printed(),
          (isMessage ? "messageExpression compilation failed: " : "compilation failed: ")
              + wrong.text());
    }
    return Optional.empty();
  }

  private static Map<String, Variable> variables(DeclaredType type, boolean isOldOptional) {
    Map<String, Variable> variables = new LinkedHashMap<>();
    variables.put(SELF, new Variable(type, false));
    variables.put(OLD_SELF, new Variable(type, isOldOptional));
    return variables;
  }
}
