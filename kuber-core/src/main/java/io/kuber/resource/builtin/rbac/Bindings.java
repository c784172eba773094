package io.kuber.resource.builtin.rbac;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.NameForm;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.Texts;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the bindings of roles have in common (pkg/apis/rbac). */
final class Bindings {
  private static final String ACCOUNT = "ServiceAccount";

  static final Columns COLUMNS =
      Columns.none()
          .name()
          .text("Role", (binding, now) -> role(binding.tree().tree("roleRef")))
          .age()
          .wide("Users", (binding, now) -> subjects(binding, "User"))
          .wide("Groups", (binding, now) -> subjects(binding, "Group"))
          .wide("ServiceAccounts", (binding, now) -> subjects(binding, ACCOUNT));

  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final FieldPath ROLE = FieldPath.ROOT.child("roleRef");

  private Bindings() {}

  private static String role(Tree roleRef) {
    return roleRef.text("kind") + "/" + roleRef.text("name");
  }

  private static String subjects(KubeObject binding, String kind) {
    return binding.tree().items("subjects").trees().stream()
        .filter(subject -> subject.text("kind").equals(kind))
        .map(subject -> qualified(subject, kind))
        .collect(Collectors.joining(", "));
  }

  private static String qualified(Tree subject, String kind) {
    return kind.equals(ACCOUNT)
        ? subject.text("namespace") + "/" + subject.text("name")
        : subject.text("name");
  }

  static KubeObject defaulted(KubeObject binding) {
    Tree tree = binding.tree().withChild("roleRef", role -> role.withDefault("apiGroup", GROUP));
    return KubeObject.of(tree.withEach("subjects", Bindings::grouped));
  }

  private static Tree grouped(Tree subject) {
    return subject.text("kind").matches("User|Group")
        ? subject.withDefault("apiGroup", GROUP)
        : subject;
  }

  static void check(KubeObject binding, List<String> roles, boolean namespaced, Problems problems) {
    MetadataCheck.check(binding, NameForm.PATH_SEGMENT, problems);
    Tree role = binding.tree().tree("roleRef");
    Texts.checkOneOf(ROLE, role, "apiGroup", List.of(GROUP), problems);
    Texts.checkOneOf(ROLE, role, "kind", roles, problems);
    Texts.checkSet(ROLE, role, "name", NameForm.PATH_SEGMENT, problems);
    List<Tree> subjects = binding.tree().items("subjects").trees();
    for (int i = 0; i < subjects.size(); i++) {
      FieldPath field = FieldPath.ROOT.child("subjects").index(i);
      checkSubject(field, subjects.get(i), namespaced, problems);
    }
  }

  private static void checkSubject(
      FieldPath field, Tree subject, boolean namespaced, Problems problems) {
    Texts.checkSet(field, subject, "name", problems);
    switch (subject.text("kind")) {
      case ACCOUNT -> {
        Texts.checkForm(field, subject, "name", Names.SUBDOMAIN, problems);
        Numbers.checkOneOf(field, subject, "apiGroup", List.of(""), problems);
        if (!namespaced) {
          Texts.checkSet(field, subject, "namespace", problems);
        }
      }
      case "User", "Group" -> {
        if (subject.text("name").isEmpty()) {
          String kind = subject.text("kind").toLowerCase(Locale.ROOT);
          problems.invalid(field.child("name"), "", kind + " name cannot be empty");
        }
        Texts.checkOneOf(field, subject, "apiGroup", List.of(GROUP), problems);
      }
      default ->
          problems.notSupported(
              field.child("kind"), subject.text("kind"), List.of(ACCOUNT, "User", "Group"));
    }
  }

  static void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    Tree role = updated.tree().tree("roleRef");
    if (!role.equals(old.tree().tree("roleRef"))) {
      problems.invalid(ROLE, role, "cannot change roleRef");
    }
  }
}
