package io.kuber.node.volume;

import static io.kuber.node.volume.FakeSources.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.container.ContainerMount;
import io.kuber.container.ContainerMount.Access;
import io.kuber.container.ContainerMount.Bind;
import io.kuber.container.ContainerMount.Propagation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MountPlannerTest {
  private static final Map<String, Made> VOLUMES =
      Map.of(
          "v", new Made.Place(Path.of("/volumes/v"), false),
          "fixed", new Made.Place(Path.of("/volumes/fixed"), true));

  private static List<ContainerMount> plan(String container) {
    return MountPlanner.plan(yaml(container), VOLUMES, text -> text.replace("$(POD)", "web-0"));
  }

  private static Bind mount(String fields) {
    return (Bind) plan("{volumeMounts: [{mountPath: /m, " + fields + "}]}").get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "'name: v', READ_WRITE",
    "'name: v, readOnly: true', READ_ONLY",
    "'name: fixed', READ_ONLY",
    "'name: v, readOnly: true, recursiveReadOnly: Disabled', READ_ONLY",
    "'name: v, readOnly: true, recursiveReadOnly: Enabled', RECURSIVELY_READ_ONLY",
    "'name: v, readOnly: true, recursiveReadOnly: IfPossible', RECURSIVELY_READ_ONLY",
  })
  void allowsWritingWhereBothSidesDo(String fields, Access access) {
    assertThat(mount(fields).access()).isEqualTo(access);
  }

  @ParameterizedTest
  @CsvSource({
    "'name: v', ''",
    "'name: v, subPath: a/b', a/b",
    "'name: v, subPathExpr: $(POD)/log', web-0/log",
    "'name: v, subPath: $(POD)', $(POD)",
    "'name: v, subPath: a..b', a..b",
  })
  void namesTheMountedPart(String fields, String part) {
    assertThat(mount(fields).part()).isEqualTo(part);
  }

  @ParameterizedTest
  @CsvSource({
    "'name: v, subPath: ../x', unable to provision SubPath `../x`: must not contain '..'",
    "'name: v, subPathExpr: a/../x', unable to provision SubPath `a/../x`: must not contain '..'",
    "'name: v, subPathExpr: /etc', error SubPath `/etc` must not be an absolute path",
    "'name: none', 'volumeMounts: the pod has no volume \"none\"'",
    "'name: v, mountPropagation: Bidirectional',"
        + " Bidirectional mount propagation is available only to privileged containers",
    "'name: v, mountPropagation: Odd', 'invalid MountPropagation mode: \"Odd\"'",
  })
  void refusesWhatCannotBeMounted(String fields, String message) {
    assertThatThrownBy(() -> mount(fields)).isInstanceOf(VolumeException.class).hasMessage(message);
  }

  @Test
  void sharesMountsOfPrivilegedContainersOnly() {
    String mount = "volumeMounts: [{name: v, mountPath: m, mountPropagation: %s}]}";
    String privileged = "{securityContext: {privileged: true}, ";
    Bind both = (Bind) plan(privileged + mount.formatted("Bidirectional")).get(0);
    assertThat(both.propagation()).isEqualTo(Propagation.BIDIRECTIONAL);
    assertThat(both.target()).isEqualTo("/m");
    Bind one = (Bind) plan("{" + mount.formatted("HostToContainer")).get(0);
    assertThat(one.propagation()).isEqualTo(Propagation.HOST_TO_CONTAINER);
  }

  @Test
  void givesBlockDevicesWhereTheyAreAskedForAndNothingElse() {
    String device = "{volumeDevices: [{name: %s, devicePath: /dev/x}]}";
    Map<String, Made> volumes =
        Map.of(
            "raw", new Made.Device(Path.of("/dev/loop7"), true),
            "files", new Made.Place(Path.of("/files"), false));
    assertThat(MountPlanner.plan(yaml(device.formatted("raw")), volumes, text -> text))
        .containsExactly(new ContainerMount.Device(Path.of("/dev/loop7"), "/dev/x", true));
    assertThatThrownBy(
            () -> MountPlanner.plan(yaml(device.formatted("files")), volumes, text -> text))
        .isInstanceOf(VolumeException.class)
        .hasMessage("volume files has volumeMode Filesystem, but is specified in volumeDevices");
    String mount = "{volumeMounts: [{name: raw, mountPath: /m}]}";
    assertThatThrownBy(() -> MountPlanner.plan(yaml(mount), volumes, text -> text))
        .isInstanceOf(VolumeException.class)
        .hasMessage("volume raw has volumeMode Block, but is specified in volumeMounts");
    assertThatThrownBy(
            () -> MountPlanner.plan(yaml(device.formatted("gone")), volumes, text -> text))
        .isInstanceOf(VolumeException.class)
        .hasMessage("volumeDevices: the pod has no volume \"gone\"");
  }
}
