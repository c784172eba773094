package io.kuber.controller.customresource;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.controller.garbage.GarbageController;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.json.Yaml;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Definitions that want the same names and come and go: no name is ever given twice, and none goes
 * before its last object, whatever goes wrong.
 */
final class DefinitionSimulationTest {
  private static final ResourceType DEFINITIONS = Resources.CUSTOM_RESOURCE_DEFINITIONS;
  private static final String GROUP = "stable.example.com";
  private static final List<String> PLURALS = List.of("apples", "beets", "corns");
  private static final List<String> KINDS = List.of("Fruit", "Root");
  private static final String HOLD = "example.com/hold";
  private static final Duration TROUBLE = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofMinutes(4);

  private static final List<Consumer<Simulation>> DEEDS =
      List.of(
          DefinitionSimulationTest::define,
          DefinitionSimulationTest::define,
          DefinitionSimulationTest::rename,
          DefinitionSimulationTest::undefine,
          DefinitionSimulationTest::make,
          DefinitionSimulationTest::make,
          DefinitionSimulationTest::make,
          DefinitionSimulationTest::unmake);

  private static Tree names(Simulation cluster, String plural) {
    String kind = KINDS.get(cluster.below(KINDS.size()));
    return Tree.of(
        "plural",
        plural,
        "singular",
        plural.substring(0, plural.length() - 1),
        "kind",
        kind,
        "listKind",
        kind + "List",
        "shortNames",
        Items.of("s" + cluster.below(2)));
  }

  /** Refused when it is there. */
  private static void define(Simulation cluster) {
    String plural = PLURALS.get(cluster.below(PLURALS.size()));
    Tree definition =
        Yaml.parse(
            """
            metadata: {name: %s.%s}
            spec:
              group: %2$s
              scope: Namespaced
              versions:
              - name: v1
                served: true
                storage: true
                schema: {openAPIV3Schema: {type: object}}
            """
                .formatted(plural, GROUP)
                .getBytes(StandardCharsets.UTF_8));
    KubeObject made =
        KubeObject.of(
            definition
                .with("apiVersion", DEFINITIONS.apiVersion())
                .with("kind", DEFINITIONS.kind()));
    cluster.people().create(DEFINITIONS, made.with(names(cluster, plural), "spec", "names"));
  }

  private static void rename(Simulation cluster) {
    cluster
        .any(cluster.list(DEFINITIONS))
        .ifPresent(
            definition -> {
              Tree names = names(cluster, definition.spec().text("names", "plural"));
              cluster.people().update(DEFINITIONS, definition.with(names, "spec", "names"));
            });
  }

  private static void undefine(Simulation cluster) {
    cluster
        .any(cluster.list(DEFINITIONS))
        .ifPresent(
            definition ->
                cluster.people().delete(DEFINITIONS, "", definition.name(), DeleteOptions.DEFAULT));
  }

  private static List<ResourceType> custom(Simulation cluster) {
    return cluster.served().stream().filter(type -> type.group().equals(GROUP)).toList();
  }

  /** Refused while the definition goes. */
  private static void make(Simulation cluster) {
    cluster
        .any(custom(cluster))
        .ifPresent(
            type -> {
              Items finalizers = cluster.below(4) == 0 ? Items.of(HOLD) : Items.EMPTY;
              cluster
                  .people()
                  .create(
                      type,
                      type.object("default", "")
                          .with("one-", "metadata", "generateName")
                          .with(finalizers, "metadata", "finalizers"));
            });
  }

  private static void unmake(Simulation cluster) {
    cluster
        .any(custom(cluster))
        .flatMap(type -> cluster.any(cluster.list(type)).map(object -> deletion(type, object)))
        .ifPresent(deletion -> deletion.accept(cluster));
  }

  private static Consumer<Simulation> deletion(ResourceType type, KubeObject object) {
    return cluster ->
        cluster
            .people()
            .delete(type, object.namespace(), object.name(), DeleteOptions.ofUid(object.uid()));
  }

  @Test
  void givesNoNameTwiceAndGoesAfterItsObjects() {
    Seeds.each(
        seed -> {
          Simulation cluster = Simulation.of(seed);
          cluster.running(
              DefinitionController::new,
              CleanupController::new,
              () -> new GarbageController(cluster::served));
          cluster.always("no name is given twice", DefinitionSimulationTest::givesOnce);
          cluster.always("objects go first", DefinitionSimulationTest::objectsFirst);
          cluster.always("others keep theirs", DefinitionSimulationTest::onlyOfThoseThatGo);
          cluster.during(TROUBLE, 30, DEEDS);
          cluster.rest(REST);
          cluster.conclude(() -> check(cluster));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
          held(cluster).forEach(held -> held.accept(cluster));
          cluster.rest(REST);
          cluster.conclude(
              () -> assertThat(cluster.list(DEFINITIONS)).noneMatch(KubeObject::isBeingDeleted));
        });
  }

  private static void givesOnce(Step step) {
    if (step.isOf(DEFINITIONS)) {
      List<String> resources = new ArrayList<>();
      List<String> kinds = new ArrayList<>();
      for (KubeObject definition : step.all(DEFINITIONS)) {
        Tree given = definition.status().tree("acceptedNames");
        resources.add(given.text("plural"));
        resources.add(given.text("singular"));
        resources.addAll(given.items("shortNames").texts());
        kinds.add(given.text("kind"));
        kinds.add(given.text("listKind"));
      }
      resources.removeIf(String::isEmpty);
      kinds.removeIf(String::isEmpty);
      assertThat(resources).doesNotHaveDuplicates();
      assertThat(kinds).doesNotHaveDuplicates();
    }
  }

  private static ResourceType typeOf(String qualifiedName) {
    String plural = qualifiedName.substring(0, qualifiedName.indexOf('.'));
    return new ResourceType(GROUP, "v1", "", plural, "", true, List.of(), List.of());
  }

  private static void objectsFirst(Step step) {
    if (step.isOf(DEFINITIONS) && step.delta().deleted()) {
      assertThat(step.all(typeOf(step.delta().key().name()))).isEmpty();
    }
  }

  /** A controller deletes only objects whose definition is being deleted. */
  private static void onlyOfThoseThatGo(Step step) {
    if (step.byController() && !step.isOf(DEFINITIONS)) {
      assertThat(step.deletes()).isTrue();
      assertThat(step.all(DEFINITIONS))
          .anyMatch(
              definition ->
                  definition.name().equals(step.delta().key().resource())
                      && definition.isBeingDeleted());
    }
  }

  /** Whoever goes is held by an object and says so; whoever stays has all names, or a reason. */
  private static void check(Simulation cluster) {
    List<KubeObject> all = cluster.list(DEFINITIONS);
    for (KubeObject definition : all) {
      if (definition.isBeingDeleted()) {
        assertThat(isTrue(definition, "Terminating")).as(definition.name()).isTrue();
        assertThat(cluster.list(typeOf(definition.name())))
            .isNotEmpty()
            .allMatch(object -> object.isBeingDeleted() && object.finalizers().contains(HOLD));
      } else {
        checkNames(definition, all);
      }
    }
  }

  private static void checkNames(KubeObject definition, List<KubeObject> all) {
    Tree wanted = definition.spec().tree("names");
    Tree given = definition.status().tree("acceptedNames");
    Set<String> taken = new HashSet<>();
    for (KubeObject other : all) {
      if (!other.name().equals(definition.name())) {
        Tree names = other.status().tree("acceptedNames");
        taken.add(names.text("kind"));
        taken.addAll(names.items("shortNames").texts());
      }
    }
    boolean isFree =
        !taken.contains(wanted.text("kind"))
            && !taken.contains(wanted.items("shortNames").texts().get(0));
    assertThat(isTrue(definition, "NamesAccepted")).as("%s", definition.status()).isEqualTo(isFree);
    assertThat(given.equals(wanted)).as("%s of %s", given, wanted).isEqualTo(isFree);
    assertThat(!isFree || isTrue(definition, "Established")).as("established").isTrue();
  }

  private static boolean isTrue(KubeObject definition, String condition) {
    return Condition.find(definition.status(), condition).filter(Condition::isTrue).isPresent();
  }

  /** What lets the objects go that are held. */
  private static List<Consumer<Simulation>> held(Simulation cluster) {
    List<Consumer<Simulation>> releases = new ArrayList<>();
    for (ResourceType type : custom(cluster)) {
      for (KubeObject object : cluster.list(type)) {
        releases.add(all -> all.people().update(type, object.without("metadata", "finalizers")));
      }
    }
    return releases;
  }
}
