package io.kuber.access.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Problems;
import io.kuber.resource.builtin.BuiltInKinds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The default roles and bindings, and how they are mended. */
class BootstrapPolicyTest {
  private static final String RBAC = "rbac.authorization.k8s.io/v1";

  private final Map<String, KubeObject> present = new HashMap<>();

  BootstrapPolicyTest() {
    BootstrapPolicy.objects().forEach(this::put);
  }

  private static String id(KubeObject object) {
    return object.kind() + "/" + object.namespace() + "/" + object.name();
  }

  private void put(KubeObject object) {
    present.put(id(object), object);
  }

  private KubeObject named(String kind, String name) {
    return Optional.ofNullable(present.get(kind + "//" + name)).orElseThrow();
  }

  private List<Repair> repairs() {
    return BootstrapPolicy.repairs(wanted -> Optional.ofNullable(present.get(id(wanted))));
  }

  @Test
  void hasOnlyValidObjectsAndNoneTwice() {
    List<KubeObject> all = BootstrapPolicy.objects();
    assertThat(all).hasSizeGreaterThan(130);
    assertThat(all.stream().map(BootstrapPolicyTest::id)).doesNotHaveDuplicates();
    for (KubeObject object : all) {
      Problems problems = new Problems();
      BuiltInKinds.catalogue()
          .findKind(RBAC, object.kind())
          .orElseThrow()
          .kind()
          .rules()
          .check(object, problems);
      assertThat(problems.found()).as(id(object)).isEmpty();
    }
  }

  @Test
  void bindsOnlyRolesThatItHas() {
    for (KubeObject object : BootstrapPolicy.objects()) {
      Tree role = object.tree().tree("roleRef");
      if (!role.isEmpty()) {
        String place = role.text("kind").equals("Role") ? object.namespace() : "";
        assertThat(present).containsKey(role.text("kind") + "/" + place + "/" + role.text("name"));
      }
    }
  }

  @Test
  void readsRulesAsTheTableHasThem() {
    KubeObject edit = named("ClusterRole", "system:aggregate-to-edit");
    assertThat(edit.labels()).containsEntry("rbac.authorization.k8s.io/aggregate-to-edit", "true");
    assertThat(edit.tree().items("rules").tree(0))
        .isEqualTo(
            Tree.of(
                "verbs",
                Items.of("get", "list", "watch"),
                "apiGroups",
                Items.of(""),
                "resources",
                Items.of(
                    "pods/attach",
                    "pods/exec",
                    "pods/portforward",
                    "pods/proxy",
                    "secrets",
                    "services/proxy")));
    assertThat(named("ClusterRole", "edit").tree().items("aggregationRule", "clusterRoleSelectors"))
        .hasToString(
            Items.of(
                    Tree.of(
                        "matchLabels",
                        Tree.of("rbac.authorization.k8s.io/aggregate-to-edit", "true")))
                .toString());
    assertThat(
            named("ClusterRoleBinding", "system:controller:job-controller")
                .tree()
                .items("subjects"))
        .containsExactly(
            Tree.of(
                "kind", "ServiceAccount", "name", "job-controller", "namespace", "kube-system"));
  }

  @Test
  void makesAllAtFirstAndNothingThereafter() {
    assertThat(repairs()).isEmpty();
    present.clear();
    assertThat(repairs())
        .hasSameSizeAs(BootstrapPolicy.objects())
        .allMatch(Repair.Create.class::isInstance);
  }

  @Test
  void addsWhatIsMissingAndKeepsWhatPeopleAdded() {
    KubeObject role = named("ClusterRole", "system:kube-dns");
    Tree more =
        Tree.of(
            "verbs", Items.of("get"), "apiGroups", Items.of(""), "resources", Items.of("nodes"));
    put(
        role.with(Items.of(more), "rules")
            .with(Tree.of("team", "a"), "metadata", "labels")
            .with("mine", "metadata", "annotations", "note"));
    assertThat(repairs()).hasSize(1);
    KubeObject mended = repairs().get(0).object();
    assertThat(mended.tree().items("rules").trees()).contains(more).hasSize(5);
    assertThat(mended.labels())
        .containsEntry("team", "a")
        .containsEntry("kubernetes.io/bootstrapping", "rbac-defaults");
    put(mended);
    assertThat(repairs()).isEmpty();
  }

  @Test
  void addsSubjectsAndMakesBindingsOfOtherRolesAnew() {
    KubeObject binding = named("ClusterRoleBinding", "system:discovery");
    Tree somebody = Tree.of("kind", "User", "name", "eve");
    put(binding.with(Items.of(somebody), "subjects"));
    assertThat(repairs()).singleElement().isInstanceOf(Repair.Update.class);
    assertThat(repairs().get(0).object().tree().items("subjects").trees())
        .contains(somebody)
        .hasSize(2);
    put(binding.with(Items.of(somebody), "subjects").with("view", "roleRef", "name"));
    assertThat(repairs()).containsExactly(new Repair.Recreate(binding));
  }

  @Test
  void leavesWhatSaysThatItShallNotBeUpdated() {
    KubeObject role = named("ClusterRole", "system:kube-dns");
    put(
        role.with(Items.EMPTY, "rules")
            .with("false", "metadata", "annotations", BootstrapPolicy.AUTO_UPDATE));
    assertThat(repairs()).isEmpty();
  }
}
