package io.kuber.resource.builtin.storage;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code storage.k8s.io/v1 CSIDriver}: what a driver of volumes can do and needs. */
final class CsiDrivers implements KindRules {
  private static final String ATTACH = "attachRequired";
  private static final long SHORTEST_TOKEN = 600;
  private static final long LONGEST_TOKEN = 1L << 32;
  private static final long SHORTEST_PERIOD = 10;
  private static final List<String> MODES = List.of("Persistent", "Ephemeral");
  private static final List<String> GROUP_POLICIES =
      List.of("File", "None", "ReadWriteOnceWithFSType");

  static final Kind KIND =
      Kind.of(
          Resources.CSI_DRIVERS,
          new CsiDrivers(),
          Columns.none()
              .name()
              .truth("AttachRequired", (d, now) -> !d.spec().has(ATTACH) || d.spec().isTrue(ATTACH))
              .truth("PodInfoOnMount", (d, now) -> d.spec().isTrue("podInfoOnMount"))
              .truth("StorageCapacity", (d, now) -> d.spec().isTrue("storageCapacity"))
              .text("TokenRequests", (d, now) -> audiences(d.spec()))
              .truth("RequiresRepublish", (d, now) -> d.spec().isTrue("requiresRepublish"))
              .text("Modes", (d, now) -> modes(d.spec()))
              .age());

  private CsiDrivers() {}

  private static String audiences(Tree spec) {
    return spec.has("tokenRequests")
        ? spec.items("tokenRequests").trees().stream()
            .map(request -> request.text("audience"))
            .collect(Collectors.joining(","))
        : "<unset>";
  }

  private static String modes(Tree spec) {
    String modes = String.join(",", spec.items("volumeLifecycleModes").texts());
    return modes.isEmpty() ? "<none>" : modes;
  }

  @Override
  public KubeObject defaulted(KubeObject driver) {
    Tree spec =
        driver
            .spec()
            .withDefault(ATTACH, true)
            .withDefault("podInfoOnMount", false)
            .withDefault("storageCapacity", false)
            .withDefault("fsGroupPolicy", "ReadWriteOnceWithFSType")
            .withDefault("requiresRepublish", false)
            .withDefault("seLinuxMount", false);
    return driver.with(
        spec.items("volumeLifecycleModes").isEmpty()
            ? spec.with("volumeLifecycleModes", Items.of("Persistent"))
            : spec,
        "spec");
  }

  @Override
  public void check(KubeObject driver, Problems problems) {
    MetadataCheck.check(driver, Names.SUBDOMAIN, problems);
    Tree spec = driver.spec();
    Numbers.checkOneOf(FieldPath.SPEC, spec, "fsGroupPolicy", GROUP_POLICIES, problems);
    checkTokens(spec.items("tokenRequests").trees(), problems);
    for (String mode : spec.items("volumeLifecycleModes").texts()) {
      if (!MODES.contains(mode)) {
        problems.notSupported(FieldPath.SPEC.child("volumeLifecycleModes"), mode, MODES);
      }
    }
    long period = spec.number(SHORTEST_PERIOD, "nodeAllocatableUpdatePeriodSeconds");
    if (period < SHORTEST_PERIOD) {
      problems.invalid(
          FieldPath.SPEC.child("nodeAllocatableUpdatePeriodSeconds"),
          period,
          "must be greater than or equal to 10 seconds");
    }
  }

  private static void checkTokens(List<Tree> requests, Problems problems) {
    Set<String> audiences = new HashSet<>();
    for (int i = 0; i < requests.size(); i++) {
      FieldPath field = FieldPath.SPEC.child("tokenRequests").index(i);
      String audience = requests.get(i).text("audience");
      long seconds = requests.get(i).number(SHORTEST_TOKEN, "expirationSeconds");
      if (!audiences.add(audience)) {
        problems.duplicate(field.child("audience"), audience);
      } else if (seconds < SHORTEST_TOKEN) {
        problems.invalid(
            field.child("expirationSeconds"),
            seconds,
            "may not specify a duration less than 10 minutes");
      } else if (seconds > LONGEST_TOKEN) {
        problems.invalid(
            field.child("expirationSeconds"),
            seconds,
            "may not specify a duration larger than 2^32 seconds");
      }
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    MetadataCheck.checkImmutable(
        FieldPath.SPEC.child("attachedRequired"),
        updated.spec().isTrue(ATTACH),
        old.spec().isTrue(ATTACH),
        problems);
    MetadataCheck.checkImmutable(
        FieldPath.SPEC.child("volumeLifecycleModes"),
        updated.spec().items("volumeLifecycleModes"),
        old.spec().items("volumeLifecycleModes"),
        problems);
  }
}
