package io.kuber.resource.builtin.devices;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code resource.k8s.io/v1 ResourceSlice}: devices that a driver offers. */
final class ResourceSlices implements KindRules {
  private static final int MAX_DEVICES = 128;

  static final Kind KIND =
      Kind.of(
              Resources.RESOURCE_SLICES,
              new ResourceSlices(),
              Columns.none()
                  .name()
                  .text("Node", (slice, now) -> slice.spec().text("nodeName"))
                  .text("Driver", (slice, now) -> slice.spec().text("driver"))
                  .text("Pool", (slice, now) -> slice.spec().text("pool", "name"))
                  .age())
          .with(Trait.GENERATION)
          .selectable("spec.nodeName")
          .selectable("spec.driver");

  private static final List<String> PLACES =
      List.of("nodeName", "nodeSelector", "allNodes", "perDeviceNodeSelection");
  private static final String ONE_PLACE =
      "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";

  private ResourceSlices() {}

  @Override
  public void check(KubeObject slice, Problems problems) {
    MetadataCheck.check(slice, Names.SUBDOMAIN, problems);
    Tree spec = slice.spec();
    Texts.checkSet(FieldPath.SPEC, spec, "driver", Names.SUBDOMAIN, problems);
    checkPool(spec.tree("pool"), problems);
    List<String> places = PLACES.stream().filter(place -> isSet(spec, place)).toList();
    if (places.isEmpty()) {
      problems.required(FieldPath.SPEC, ONE_PLACE);
    } else if (places.size() > 1) {
      problems.invalid(
          FieldPath.SPEC,
          places.stream().map(p -> "`" + p + "`").collect(Collectors.joining(", ", "{", "}")),
          ONE_PLACE + ", but multiple fields are set");
    }
    checkDevices(spec, problems);
  }

  private static boolean isSet(Tree spec, String place) {
    return switch (place) {
      case "nodeName" -> !spec.text(place).isEmpty();
      case "nodeSelector" -> spec.has(place);
      default -> spec.isTrue(place);
    };
  }

  private static void checkPool(Tree pool, Problems problems) {
    FieldPath field = FieldPath.SPEC.child("pool");
    Texts.checkSet(field, pool, "name", problems);
    if (pool.number(0, "resourceSliceCount") <= 0) {
      problems.invalid(
          field.child("resourceSliceCount"),
          pool.number(0, "resourceSliceCount"),
          "must be greater than zero");
    }
    Numbers.checkNotNegative(field, pool, "generation", problems);
  }

  private static void checkDevices(Tree spec, Problems problems) {
    FieldPath field = FieldPath.SPEC.child("devices");
    List<Tree> devices = spec.items("devices").trees();
    if (devices.size() > MAX_DEVICES) {
      problems.tooMany(field, devices.size(), MAX_DEVICES);
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < devices.size(); i++) {
      Texts.checkSet(field.index(i), devices.get(i), "name", Names.LABEL, problems);
      if (!names.add(devices.get(i).text("name"))) {
        problems.duplicate(field.index(i).child("name"), devices.get(i).text("name"));
      }
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    for (String field : new String[] {"driver", "nodeName"}) {
      MetadataCheck.checkImmutable(
          FieldPath.SPEC.child(field),
          updated.spec().text(field),
          old.spec().text(field),
          problems);
    }
    MetadataCheck.checkImmutable(
        FieldPath.SPEC.child("pool", "name"),
        updated.spec().text("pool", "name"),
        old.spec().text("pool", "name"),
        problems);
  }
}
