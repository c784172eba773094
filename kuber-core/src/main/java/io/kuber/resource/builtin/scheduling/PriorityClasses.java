package io.kuber.resource.builtin.scheduling;

import io.kuber.object.KubeObject;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Texts;
import java.util.List;
import java.util.Map;

/** {@code scheduling.k8s.io/v1 PriorityClass}. */
final class PriorityClasses implements KindRules {
  /** Above this are the classes of the system (pkg/apis/scheduling). */
  private static final long HIGHEST_OF_USERS = 1_000_000_000;

  private static final String SYSTEM_PREFIX = "system-";
  private static final Map<String, Long> SYSTEM =
      Map.of("system-cluster-critical", 2_000_000_000L, "system-node-critical", 2_000_001_000L);

  static final Kind KIND =
      Kind.of(
              Resources.PRIORITY_CLASSES,
              new PriorityClasses(),
              Columns.none()
                  .name()
                  .integer("Value", (entry, now) -> value(entry))
                  .truth("Global-Default", (entry, now) -> entry.tree().isTrue("globalDefault"))
                  .age()
                  .text("PreemptionPolicy", (entry, now) -> entry.tree().text("preemptionPolicy")))
          .with(Trait.GENERATION);

  private static final FieldPath VALUE = FieldPath.ROOT.child("value");

  private PriorityClasses() {}

  private static long value(KubeObject entry) {
    return entry.tree().number(0, "value");
  }

  @Override
  public KubeObject defaulted(KubeObject entry) {
    return KubeObject.of(
        entry
            .tree()
            .withDefault("value", 0L)
            .withDefault("preemptionPolicy", "PreemptLowerPriority"));
  }

  /** Nothing that decides may change. */
  @Override
  public boolean isNewGeneration(KubeObject updated, KubeObject old) {
    return false;
  }

  @Override
  public void check(KubeObject entry, Problems problems) {
    MetadataCheck.check(entry, Names.SUBDOMAIN, problems);
    if (entry.name().startsWith(SYSTEM_PREFIX)) {
      checkSystem(entry, problems);
    } else if (value(entry) > HIGHEST_OF_USERS) {
      problems.forbidden(
          VALUE, "maximum allowed value of a user defined priority is " + HIGHEST_OF_USERS);
    }
    Texts.checkOneOf(
        FieldPath.ROOT,
        entry.tree(),
        "preemptionPolicy",
        List.of("PreemptLowerPriority", "Never"),
        problems);
  }

  /** What decides stays as it is, so that nothing else is looked at again. */
  @Override
  public void checkReplacement(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkChangeable(updated, problems);
  }

  private static void checkSystem(KubeObject entry, Problems problems) {
    Long expected = SYSTEM.get(entry.name());
    if (expected == null) {
      refuse(entry.name() + " is not a known system priority class", problems);
    } else if (expected != value(entry)) {
      refuse("value of " + entry.name() + " PriorityClass must be " + expected, problems);
    } else if (entry.tree().isTrue("globalDefault")) {
      refuse("globalDefault of " + entry.name() + " PriorityClass must be false", problems);
    }
  }

  private static void refuse(String why, Problems problems) {
    problems.forbidden(
        FieldPath.METADATA.child("name"),
        "priority class names with 'system-' prefix are reserved for system use only. error: "
            + why);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    if (value(updated) != value(old)) {
      problems.forbidden(VALUE, "may not be changed in an update.");
    }
    MetadataCheck.checkImmutable(
        FieldPath.ROOT.child("preemptionPolicy"),
        updated.tree().text("preemptionPolicy"),
        old.tree().text("preemptionPolicy"),
        problems);
  }
}
