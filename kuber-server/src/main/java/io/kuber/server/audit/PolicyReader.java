package io.kuber.server.audit;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.StrictFields;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a {@code Policy} of {@code audit.k8s.io/v1} and says what is wrong with it, field by field
 * (k8s.io/apiserver, pkg/apis/audit/validation). Fields that it does not know are refused too: a
 * rule that means less than its author thought hides requests. Owned by one call.
 */
public final class PolicyReader {
  private static final String VERSION = "audit.k8s.io/v1";
  private static final FieldPath RULES = FieldPath.ROOT.child("rules");
  private static final String OMIT_STAGES = "omitStages";
  private static final String OMIT_MANAGED = "omitManagedFields";
  private static final String PATHS = "nonResourceURLs";

  private static final Set<String> OF_POLICY =
      Set.of("kind", "apiVersion", "metadata", "rules", OMIT_STAGES, OMIT_MANAGED);
  private static final Set<String> OF_RULE =
      Set.of(
          "level",
          "users",
          "userGroups",
          "verbs",
          "resources",
          "namespaces",
          PATHS,
          OMIT_STAGES,
          OMIT_MANAGED);
  private static final Set<String> OF_RESOURCES = Set.of("group", "resources", "resourceNames");

  private final Problems problems = new Problems();
  private final StrictFields fields = new StrictFields(problems);

  private PolicyReader() {}

  /**
   * The policy that a document is.
   *
   * @throws IllegalArgumentException when it is none; the message names each field
   */
  public static Policy read(Tree document) {
    PolicyReader reader = new PolicyReader();
    Policy policy = reader.policy(document);
    if (!reader.problems.isEmpty()) {
      throw new IllegalArgumentException(
          String.join("; ", reader.problems.found().stream().map(Object::toString).toList()));
    }
    return policy;
  }

  private Policy policy(Tree document) {
    if (!document.text("apiVersion").equals(VERSION)) {
      problems.notSupported(
          FieldPath.ROOT.child("apiVersion"), document.text("apiVersion"), List.of(VERSION));
    }
    if (!document.text("kind").equals("Policy")) {
      problems.notSupported(FieldPath.ROOT.child("kind"), document.text("kind"), List.of("Policy"));
    }
    fields.known(document, OF_POLICY, FieldPath.ROOT);
    Set<Stage> omitted = stages(document, FieldPath.ROOT);
    boolean omitManaged = fields.flag(document, OMIT_MANAGED, FieldPath.ROOT, false);
    List<Tree> rules = fields.trees(document, "rules", FieldPath.ROOT);
    if (rules.isEmpty()) {
      problems.required(RULES, "a policy without rules tells nothing");
    }
    List<PolicyRule> read = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      read.add(rule(rules.get(i), RULES.index(i), omitted, omitManaged));
    }
    return new Policy(read, new Plan(Level.NONE, omitted, omitManaged));
  }

  private PolicyRule rule(Tree rule, FieldPath at, Set<Stage> omitted, boolean omitManaged) {
    fields.known(rule, OF_RULE, at);
    Set<Stage> all = stages(rule, at);
    all.addAll(omitted);
    List<ResourceRule> resources = resources(rule, at);
    List<String> namespaces = fields.texts(rule, "namespaces", at);
    List<String> paths = paths(rule, at);
    if (!paths.isEmpty() && !(resources.isEmpty() && namespaces.isEmpty())) {
      problems.invalid(
          at.child(PATHS),
          Items.copyOf(paths),
          "rules cannot apply to both regular resources and non-resource URLs");
    }
    return new PolicyRule(
        new Plan(level(rule, at), all, fields.flag(rule, OMIT_MANAGED, at, omitManaged)),
        fields.texts(rule, "users", at),
        fields.texts(rule, "userGroups", at),
        fields.texts(rule, "verbs", at),
        resources,
        namespaces,
        paths);
  }

  private Level level(Tree rule, FieldPath at) {
    String text = rule.text("level");
    if (text.isEmpty()) {
      problems.required(at.child("level"), "");
    } else if (Level.of(text).isEmpty()) {
      problems.notSupported(at.child("level"), text, Level.texts());
    }
    return Level.of(text).orElse(Level.NONE);
  }

  private Set<Stage> stages(Tree tree, FieldPath at) {
    Set<Stage> stages = EnumSet.noneOf(Stage.class);
    List<String> texts = fields.texts(tree, OMIT_STAGES, at);
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      if (Stage.of(text).isEmpty()) {
        problems.notSupported(at.child(OMIT_STAGES).index(i), text, Stage.texts());
      }
      Stage.of(text).ifPresent(stages::add);
    }
    return stages;
  }

  private List<ResourceRule> resources(Tree rule, FieldPath at) {
    List<Tree> trees = fields.trees(rule, "resources", at);
    List<ResourceRule> resources = new ArrayList<>();
    for (int i = 0; i < trees.size(); i++) {
      FieldPath here = at.child("resources").index(i);
      fields.known(trees.get(i), OF_RESOURCES, here);
      String group = trees.get(i).text("group");
      if (group.contains("/")) {
        problems.invalid(here.child("group"), group, "the name of a group has no version");
      }
      List<String> plurals = fields.texts(trees.get(i), "resources", here);
      List<String> names = fields.texts(trees.get(i), "resourceNames", here);
      if (!names.isEmpty() && plurals.isEmpty()) {
        problems.invalid(
            here.child("resourceNames"),
            Items.copyOf(names),
            "using resourceNames requires at least one resource");
      }
      resources.add(new ResourceRule(group, plurals, names));
    }
    return resources;
  }

  private List<String> paths(Tree rule, FieldPath at) {
    List<String> paths = fields.texts(rule, PATHS, at);
    for (int i = 0; i < paths.size(); i++) {
      String path = paths.get(i);
      if (path.equals("*")) {
        continue;
      }
      FieldPath here = at.child(PATHS).index(i);
      if (!path.startsWith("/")) {
        problems.invalid(here, path, "non-resource URL rules must begin with a '/' character");
      }
      int star = path.indexOf('*');
      if (star >= 0 && star < path.length() - 1) {
        problems.invalid(
            here, path, "non-resource URL wildcards '*' must be the final character of the rule");
      }
    }
    return paths;
  }
}
