package io.kuber.access.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads {@code policy.txt}, whose head says what its lines mean. Used by one thread, once; a line
 * that cannot be read is a bug and said to be one.
 */
final class PolicyTable {
  private static final String RESOURCE = "policy.txt";
  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final String CONTROLLER = "system:controller:";
  private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();
  private static final Splitter COMMAS = Splitter.on(',');
  private static final Splitter AND = Splitter.on(' ').limit(3);

  private static final Tree METADATA =
      Tree.of(
          "labels", Tree.of("kubernetes.io/bootstrapping", "rbac-defaults"),
          "annotations", Tree.of(BootstrapPolicy.AUTO_UPDATE, "true"));

  private final List<KubeObject> roles = new ArrayList<>();
  private final List<KubeObject> bindings = new ArrayList<>();

  private PolicyTable() {}

  /** All roles, then all bindings, as the table has them. */
  static List<KubeObject> read() {
    PolicyTable table = new PolicyTable();
    text().lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(table::line);
    List<KubeObject> all = new ArrayList<>(table.roles);
    all.addAll(table.bindings);
    return all;
  }

  private static String text() {
    try (InputStream table = PolicyTable.class.getResourceAsStream(RESOURCE)) {
      if (table == null) {
        throw new IllegalStateException(RESOURCE + " is missing in the class path");
      }
      return new String(table.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void line(String line) {
    if (line.startsWith(" ")) {
      int last = roles.size() - 1;
      KubeObject role = roles.get(last);
      roles.set(last, role.with(role.tree().items("rules").plus(rule(line.strip())), "rules"));
      return;
    }
    List<String> words = WORDS.splitToList(line);
    switch (words.get(0)) {
      case "clusterrole" -> roles.add(clusterRole(words));
      case "role" -> roles.add(dressed(Resources.ROLES.object(words.get(1), words.get(2))));
      case "controller" -> controller(words.get(1));
      case "bind" -> bindings.add(binding(words));
      default -> throw new IllegalStateException("no line of a policy: " + line);
    }
  }

  private static KubeObject dressed(KubeObject object) {
    return KubeObject.of(
        object
            .tree()
            .withChild(
                "metadata",
                metadata ->
                    metadata
                        .with("labels", METADATA.tree("labels"))
                        .with("annotations", METADATA.tree("annotations"))));
  }

  private static KubeObject clusterRole(List<String> words) {
    KubeObject role = dressed(Resources.CLUSTER_ROLES.object("", words.get(1)));
    Optional<String> joins = behind(words, "joins");
    if (joins.isPresent()) {
      role = role.with("true", "metadata", "labels", label(joins.get()));
    }
    Optional<String> gathers = behind(words, "gathers");
    return gathers.isEmpty()
        ? role
        : role.with(
            Tree.of(
                "clusterRoleSelectors",
                Items.of(Tree.of("matchLabels", Tree.of(label(gathers.get()), "true")))),
            "aggregationRule");
  }

  private static Optional<String> behind(List<String> words, String word) {
    int at = words.indexOf(word);
    return at < 0 ? Optional.empty() : Optional.of(words.get(at + 1));
  }

  private static String label(String role) {
    return "rbac.authorization.k8s.io/aggregate-to-" + role;
  }

  private void controller(String name) {
    roles.add(dressed(Resources.CLUSTER_ROLES.object("", CONTROLLER + name)));
    bindings.add(
        bound(
            Resources.CLUSTER_ROLE_BINDINGS.object("", CONTROLLER + name),
            "ClusterRole",
            CONTROLLER + name,
            List.of("account:kube-system/" + name)));
  }

  private static KubeObject binding(List<String> words) {
    int to = words.indexOf("to");
    List<String> subjects = words.subList(to + 1, words.size());
    String name = words.get(to == 2 ? 1 : 2);
    if (to == 2) {
      KubeObject binding = Resources.CLUSTER_ROLE_BINDINGS.object("", name);
      return bound(binding, "ClusterRole", name, subjects);
    }
    String called = behind(words, "as").orElse(name);
    return bound(Resources.ROLE_BINDINGS.object(words.get(1), called), "Role", name, subjects);
  }

  private static KubeObject bound(
      KubeObject binding, String kind, String role, List<String> subjects) {
    KubeObject bound =
        dressed(binding).with(Tree.of("apiGroup", GROUP, "kind", kind, "name", role), "roleRef");
    return subjects.isEmpty()
        ? bound
        : bound.with(
            Items.copyOf(subjects.stream().map(PolicyTable::subject).toList()), "subjects");
  }

  private static Tree subject(String text) {
    int colon = text.indexOf(':');
    String name = text.substring(colon + 1);
    int slash = name.indexOf('/');
    return switch (text.substring(0, colon)) {
      case "user" -> Tree.of("apiGroup", GROUP, "kind", "User", "name", name);
      case "group" -> Tree.of("apiGroup", GROUP, "kind", "Group", "name", name);
      default ->
          Tree.of(
              "kind",
              "ServiceAccount",
              "name",
              name.substring(slash + 1),
              "namespace",
              name.substring(0, slash));
    };
  }

  private static Tree rule(String line) {
    List<String> words = AND.splitToList(line);
    Tree verbs = Tree.of("verbs", verbs(words.get(0)));
    if (words.get(1).equals("at")) {
      return verbs.with("nonResourceURLs", sorted(COMMAS.splitToList(words.get(2))));
    }
    int colon = words.get(2).indexOf(": ");
    List<String> targets = WORDS.splitToList(words.get(2).substring(colon + 2));
    Tree rule =
        verbs
            .with("apiGroups", groups(words.get(2).substring(0, colon)))
            .with("resources", sorted(COMMAS.splitToList(targets.get(0))));
    Optional<String> names = behind(targets, "named");
    return names.isEmpty()
        ? rule
        : rule.with("resourceNames", sorted(COMMAS.splitToList(names.get())));
  }

  private static Items verbs(String text) {
    String all = text.replace("ALL", "READ,WRITE");
    return sorted(
        COMMAS.splitToList(
            all.replace("READ", "get,list,watch")
                .replace("WRITE", "create,delete,deletecollection,patch,update")));
  }

  private static Items groups(String text) {
    return sorted(
        COMMAS.splitToList(text).stream().map(group -> group.equals("core") ? "" : group).toList());
  }

  private static Items sorted(List<String> texts) {
    return Items.copyOf(new TreeSet<>(texts));
  }
}
