package io.kuber.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Json;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.flowcontrol.InitialFlows;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import io.kuber.store.TreeImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class FlowRepairsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00.5Z");
  private static final ResourceType LEVELS = Resources.PRIORITY_LEVEL_CONFIGURATIONS;

  private final Map<String, KubeObject> objects = new LinkedHashMap<>();

  /** A cluster in which all is well. */
  FlowRepairsTest() {
    apply(FlowRepairs.plan(TreeImage.EMPTY, NOW));
    apply(plan());
  }

  private static ResourceType type(KubeObject object) {
    return object.kind().equals("FlowSchema") ? Resources.FLOW_SCHEMAS : LEVELS;
  }

  private void apply(List<FlowRepair> plan) {
    plan.forEach(repair -> put(repair.object()));
  }

  private void put(KubeObject object) {
    objects.put(
        type(object).keyOf(object).toString(),
        object.generation() == 0 ? object.with(1L, "metadata", "generation") : object);
  }

  private Image image() {
    List<Stored> stored = new ArrayList<>();
    objects
        .values()
        .forEach(
            each -> stored.add(new Stored(type(each).keyOf(each), 1, Json.print(each.tree()))));
    return TreeImage.EMPTY.withAll(stored);
  }

  private List<FlowRepair> plan() {
    return FlowRepairs.plan(image(), NOW);
  }

  private void change(ResourceType type, String name, UnaryOperator<KubeObject> change) {
    KubeObject there = objects.get(type.key("", name).toString());
    assertThat(there).isNotNull();
    put(change.apply(there).with(2L, "metadata", "generation"));
  }

  private static KubeObject withShares(KubeObject level) {
    return level.with(7L, "spec", "limited", "nominalConcurrencyShares");
  }

  @Test
  void makesAllOfThemAndThenLeavesThemAlone() {
    assertThat(FlowRepairs.plan(TreeImage.EMPTY, NOW))
        .hasSize(21)
        .allMatch(repair -> repair instanceof FlowRepair.Create);
    assertThat(plan()).isEmpty();
  }

  @Test
  void makesAnewWhatWasDeleted() {
    objects.remove(LEVELS.key("", "workload-low").toString());
    assertThat(plan().get(0)).isInstanceOf(FlowRepair.Create.class);
    assertThat(plan().get(0).object().name()).isEqualTo("workload-low");
  }

  @Test
  void setsASuggestedObjectRight() {
    change(LEVELS, "workload-low", FlowRepairsTest::withShares);
    assertThat(plan()).hasSize(1);
    assertThat(plan().get(0).object().spec().number(0, "limited", "nominalConcurrencyShares"))
        .isEqualTo(100);
  }

  @Test
  void leavesASuggestedObjectAsPeopleHaveMadeItIfTheySayFalse() {
    change(
        LEVELS,
        "workload-low",
        level ->
            withShares(level).with("false", "metadata", "annotations", InitialFlows.AUTO_UPDATE));
    assertThat(plan()).isEmpty();
  }

  @Test
  void takesAChangedObjectWithoutAnnotationForPeoplesOwn() {
    change(LEVELS, "workload-low", level -> withShares(level).without("metadata", "annotations"));
    List<FlowRepair> plan = plan();
    assertThat(plan).hasSize(1);
    assertThat(plan.get(0).object().annotations()).containsEntry(InitialFlows.AUTO_UPDATE, "false");
    assertThat(plan.get(0).object().spec().number(0, "limited", "nominalConcurrencyShares"))
        .isEqualTo(7);
  }

  @Test
  void keepsTheShareThatAdministratorsGiveTheExempt() {
    change(LEVELS, "exempt", level -> level.with(9L, "spec", "exempt", "nominalConcurrencyShares"));
    assertThat(plan()).isEmpty();
  }

  @Test
  void setsAMandatoryObjectRightWhateverItsAnnotationSays() {
    change(
        Resources.FLOW_SCHEMAS,
        "catch-all",
        schema ->
            schema
                .with(5L, "spec", "matchingPrecedence")
                .with("false", "metadata", "annotations", InitialFlows.AUTO_UPDATE));
    assertThat(plan()).hasSize(1);
    KubeObject mended = plan().get(0).object();
    assertThat(mended.spec().number(0, "matchingPrecedence")).isEqualTo(10_000);
    assertThat(mended.annotations()).containsEntry(InitialFlows.AUTO_UPDATE, "true");
  }

  @Test
  void tellsOfASchemaWhoseLevelIsMissingAndThatItCame() {
    put(
        Resources.FLOW_SCHEMAS
            .object("", "mine")
            .with("later", "spec", "priorityLevelConfiguration", "name"));
    assertThat(condition()).isEqualTo("True NotFound 2026-11-22T00:00:00Z");
    apply(plan());
    assertThat(plan()).isEmpty();
    put(LEVELS.object("", "later"));
    assertThat(condition()).isEqualTo("False Found 2026-11-22T00:00:00Z");
    apply(plan());
    assertThat(plan()).isEmpty();
  }

  private String condition() {
    List<FlowRepair> plan = plan();
    assertThat(plan).hasSize(1);
    assertThat(plan.get(0)).isInstanceOf(FlowRepair.Status.class);
    Tree condition = plan.get(0).object().status().items("conditions").tree(0);
    return condition.text("status")
        + " "
        + condition.text("reason")
        + " "
        + condition.text("lastTransitionTime");
  }
}
