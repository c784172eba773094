package io.kuber.node.volume;

import static io.kuber.node.volume.FakeSources.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.container.ContainerMount.Bind;
import io.kuber.container.ContainerMount.Layers;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VolumesTest {
  private static final String CLAIM = "{persistentVolumeClaim: {claimName: c}}";

  private final FakeSources sources = new FakeSources();
  private final FakeMounts mounts = new FakeMounts();

  @TempDir private Path directory;

  private Volumes volumes() {
    return new Volumes(directory.resolve("pod"), sources, mounts);
  }

  private static KubeObject pod(String volume) {
    return KubeObject.of(
        yaml(
            "{metadata: {name: p, namespace: default, uid: u}, spec: {volumes: ["
                + volume.replaceFirst("\\{", "{name: v, ")
                + "]}}"));
  }

  private Volumes made(String volume) {
    Volumes volumes = volumes();
    volumes.make(pod(volume));
    return volumes;
  }

  private static Bind mount(Volumes volumes) {
    return (Bind)
        volumes
            .mounts(yaml("{volumeMounts: [{name: v, mountPath: /m}]}"), UnaryOperator.identity())
            .get(0);
  }

  private void refuses(String volume, String message) {
    assertThatThrownBy(() -> made(volume))
        .isInstanceOf(VolumeException.class)
        .hasMessage("MountVolume.SetUp failed for volume \"v\" : " + message);
  }

  private static int mode(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode") & 07777;
  }

  @Test
  void makesADirectoryThatEverybodyMayWriteTo() throws IOException {
    Bind bind = mount(made("{emptyDir: {}}"));
    assertThat(mode(bind.source())).isEqualTo(0777);
    assertThat(bind.readOnly()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', memory 0",
    "1Mi, '', memory 1048576",
    "'', 2Mi, memory 2097152",
    "3Mi, 2Mi, memory 2097152",
    "1Mi, 2Mi, memory 1048576",
  })
  void limitsMemoryToTheLesserOfItsOwnAndThePodsLimit(String own, String pod, String mounted) {
    String limit = pod.isEmpty() ? "" : "resources: {limits: {memory: " + pod + "}}";
    String size = own.isEmpty() ? "" : ", sizeLimit: " + own;
    Volumes volumes = volumes();
    volumes.make(
        KubeObject.of(
            yaml(
                "{metadata: {name: p}, spec: {containers: [{"
                    + limit
                    + "}], volumes: [{name: v, emptyDir: {medium: Memory"
                    + size
                    + "}}]}}")));
    assertThat(mounts.at(mount(volumes).source())).isEqualTo(mounted);
  }

  private static KubeObject hugePages(String medium, String first, String second) {
    return KubeObject.of(
        yaml(
            "{metadata: {name: p}, spec: {containers: [{resources: {limits: {%s}}}, {resources: {limits: {%s}}}], volumes: [{name: v, emptyDir: {medium: %s}}]}}"
                .formatted(first, second, medium)));
  }

  @ParameterizedTest
  @CsvSource({
    "HugePages, hugepages-2Mi: 4Mi, '', 2097152 4194304",
    "HugePages, hugepages-2Mi: 4Mi, hugepages-2Mi: 2Mi, 2097152 6291456",
    "HugePages-2Mi, hugepages-2Mi: 4Mi, hugepages-1Gi: 1Gi, 2097152 4194304",
    "HugePages-1Gi, hugepages-2Mi: 4Mi, hugepages-1Gi: 1Gi, 1073741824 1073741824",
  })
  void limitsHugePagesToWhatContainersMayHave(
      String medium, String first, String second, String mounted) {
    Volumes volumes = volumes();
    volumes.make(hugePages(medium, first, second));
    assertThat(mounts.at(mount(volumes).source())).isEqualTo("huge pages " + mounted);
  }

  @ParameterizedTest
  @CsvSource({
    "Paper, '', '', 'unsupported medium \"Paper\"'",
    "HugePages, memory: 1Gi, '', 'medium \"HugePages\": no container of the pod has a limit of such pages'",
    "HugePages-1Gi, hugepages-2Mi: 4Mi, '', 'medium \"HugePages-1Gi\": no container of the pod has a limit of such pages'",
    "HugePages, hugepages-2Mi: 4Mi, hugepages-1Gi: 1Gi, 'medium \"HugePages\" is for pods with huge pages of one size, and this one has those of 2'",
  })
  void refusesHugePagesThatThePodHasNotAskedFor(
      String medium, String first, String second, String message) {
    assertThatThrownBy(() -> volumes().make(hugePages(medium, first, second)))
        .isInstanceOf(VolumeException.class)
        .hasMessage("MountVolume.SetUp failed for volume \"v\" : " + message);
  }

  @Test
  void namesTheLimitsOfDirectoriesOnTheDisk() {
    KubeObject pod = pod("{emptyDir: {sizeLimit: 1Ki}}, {name: w, emptyDir: {}}");
    Volumes volumes = volumes();
    volumes.make(pod);
    List<Volumes.SizeLimit> limits = volumes.sizeLimits(pod);
    assertThat(limits).hasSize(1);
    assertThat(limits.get(0).bytes()).isEqualTo(1024);
    assertThat(limits.get(0).message())
        .isEqualTo("Usage of EmptyDir volume \"v\" exceeds the limit \"1Ki\". ");
  }

  @Test
  void findsWhatAnEarlierRunMade() throws IOException {
    KubeObject pod = pod("{emptyDir: {}}, {name: w, emptyDir: {medium: Memory}}");
    Volumes before = volumes();
    before.make(pod);
    Files.writeString(mount(before).source().resolve("kept"), "still here");
    Volumes after = volumes();
    after.make(pod);
    assertThat(mount(after).source().resolve("kept")).hasContent("still here");
  }

  @ParameterizedTest
  @CsvSource({
    "/nowhere, Directory, hostPath type check failed: /nowhere is not a directory",
    "/nowhere, File, hostPath type check failed: /nowhere is not a file",
    "/dev/null, File, hostPath type check failed: /dev/null is not a file",
    "/etc, Socket, hostPath type check failed: /etc is not a socket file",
    "/etc, CharDevice, hostPath type check failed: /etc is not a character device",
    "/dev/null, BlockDevice, hostPath type check failed: /dev/null is not a block device",
    "/etc, FileOrCreate, hostPath type check failed: /etc is not a file",
    "/etc/passwd, DirectoryOrCreate, hostPath type check failed: /etc/passwd is not a directory",
    "/etc, Kitchen, Kitchen is an invalid volume type",
  })
  void saysWhatAHostPathIsNot(String path, String type, String message) {
    refuses("{hostPath: {path: " + path + ", type: " + type + "}}", message);
  }

  @ParameterizedTest
  @CsvSource({"/dev/null, CharDevice", "/etc, Directory", "/etc/passwd, File", "/etc, ''"})
  void takesAHostPathThatIsWhatItShouldBe(String path, String type) {
    Volumes volumes = made("{hostPath: {path: " + path + ", type: '" + type + "'}}");
    assertThat(mount(volumes).source()).isEqualTo(Path.of(path));
  }

  @ParameterizedTest
  @CsvSource({"DirectoryOrCreate, true", "FileOrCreate, false", "'', true"})
  void makesAHostPathThatIsMissing(String type, boolean isDirectory) {
    Path path = directory.resolve("host");
    made("{hostPath: {path: '" + path + "', type: '" + type + "'}}");
    assertThat(path).exists();
    assertThat(Files.isDirectory(path)).isEqualTo(isDirectory);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{configMap: {name: x}} | configmap \"x\" not found",
        "{secret: {secretName: x}} | secret \"x\" not found",
        "{projected: {sources: [{configMap: {name: x}}]}} | configmap \"x\" not found",
        "{projected: {sources: [{clusterTrustBundle: {path: x}}]}} | this node makes no files of a"
            + " projected clusterTrustBundle",
        "{csi: {driver: x}} | no volume plugin matched: this node has none for csi",
        "{persistentVolumeClaim: {claimName: x}} | error processing PVC default/x: failed to fetch"
            + " PVC from API server: persistentvolumeclaims \"x\" not found",
      })
  void saysWhatIsMissing(String volume, String message) {
    refuses(volume, message);
  }

  @Test
  void saysWhichKeyIsMissing() {
    sources.put(Resources.CONFIG_MAPS, "x", "{data: {a: b}}");
    sources.put(Resources.SECRETS, "x", "{data: {a: Yg==}}");
    String items = "items: [{key: nope, path: p}]}}";
    refuses("{configMap: {name: x, " + items, "configmap references non-existent config key: nope");
    refuses("{secret: {secretName: x, " + items, "references non-existent secret key: nope");
  }

  @Test
  void doesWithoutWhatIsOptional() {
    Bind empty = mount(made("{configMap: {name: x, optional: true}}"));
    assertThat(empty.source()).isDirectory();
    sources.put(Resources.SECRETS, "x", "{data: {a: Yg==}}");
    String items = "items: [{key: a, path: a}, {key: b, path: b}]";
    Bind some = mount(made("{secret: {secretName: x, optional: true, " + items + "}}"));
    assertThat(some.source().resolve("a")).hasContent("b");
    assertThat(some.source().resolve("b")).doesNotExist();
  }

  @Test
  void laysSeveralSourcesIntoOneDirectoryInMemory() throws IOException {
    sources.put(Resources.CONFIG_MAPS, "map", "{data: {key: text}, binaryData: {raw: AAE=}}");
    sources.put(Resources.SECRETS, "key", "{data: {pw: c2VzYW1l}}");
    Bind bind =
        mount(
            made(
                """
                {projected: {defaultMode: 292, sources: [
                  {configMap: {name: map}},
                  {secret: {name: key, items: [{key: pw, path: hidden/pw, mode: 256}]}},
                  {downwardAPI: {items: [{path: me, fieldRef: {fieldPath: metadata.name}}]}},
                  {serviceAccountToken: {path: token, audience: vault, expirationSeconds: 600}}]}}
                """));
    Path root = bind.source();
    assertThat(bind.readOnly()).isTrue();
    assertThat(mounts.at(root)).isEqualTo("memory 0");
    assertThat(root.resolve("key")).hasContent("text");
    assertThat(root.resolve("raw")).hasBinaryContent(new byte[] {0, 1});
    assertThat(root.resolve("hidden/pw")).hasContent("sesame");
    assertThat(root.resolve("me")).hasContent("metadata.name");
    assertThat(root.resolve("token")).hasContent("token 1 for vault of 600 s");
    assertThat(mode(root.resolve("key"))).isEqualTo(0444);
    assertThat(mode(root.resolve("hidden/pw"))).isEqualTo(0400);
  }

  @Test
  void keepsFilesThatAreThereWhenTheirObjectGoes() {
    sources.put(Resources.CONFIG_MAPS, "x", "{data: {a: b}}");
    Volumes volumes = made("{configMap: {name: x}}");
    sources.remove(Resources.CONFIG_MAPS, "x");
    assertThatThrownBy(() -> volumes.refresh(pod("{configMap: {name: x}}")))
        .isInstanceOf(VolumeException.class);
    assertThat(mount(volumes).source().resolve("a")).hasContent("b");
  }

  @Test
  void makesTheOthersWhenOneCannotBeMade() {
    Volumes volumes = volumes();
    KubeObject pod = pod("{emptyDir: {}}, {name: w, secret: {secretName: x}}");
    assertThatThrownBy(() -> volumes.make(pod)).hasMessageContaining("\"w\"");
    assertThat(mount(volumes).source()).isDirectory();
  }

  @Test
  void mountsADirectoryOfAServer() {
    Bind bind = mount(made("{nfs: {server: files, path: /share, readOnly: true}}"));
    assertThat(mounts.at(bind.source())).isEqualTo("nfs files:/share [] ro");
    assertThat(bind.readOnly()).isTrue();
  }

  @Test
  void mountsTheLayersOfAnImage() {
    Volumes volumes = made("{image: {reference: tools}}");
    assertThat(
            volumes.mounts(
                yaml("{volumeMounts: [{name: v, mountPath: /m, subPath: bin}]}"),
                UnaryOperator.identity()))
        .containsExactly(
            new Layers(
                List.of(Path.of("/images/tools/top"), Path.of("/images/tools/base")), "bin", "/m"));
  }

  private void claim(String claim, String volume) {
    sources.put(
        Resources.PERSISTENT_VOLUME_CLAIMS,
        "c",
        "{metadata: {name: c, namespace: default, uid: cu}, spec: {volumeName: pv}, "
            + claim
            + "}");
    sources.put(
        Resources.PERSISTENT_VOLUMES,
        "pv",
        "{metadata: {name: pv}, spec: {claimRef: {uid: cu}, capacity: {storage: 1Gi}, "
            + volume
            + "}}");
  }

  @Test
  void mountsWhatAClaimIsBoundTo() {
    claim("status: {phase: Bound}", "mountOptions: [hard], nfs: {server: s, path: /p}");
    Volumes volumes = made(CLAIM);
    assertThat(mounts.at(mount(volumes).source())).isEqualTo("nfs s:/p [hard]");
    volumes.remove();
    claim("status: {phase: Bound}", "hostPath: {path: /etc}");
    assertThat(mount(made(CLAIM)).source()).isEqualTo(Path.of("/etc"));
    assertThat(mount(made("{persistentVolumeClaim: {claimName: c, readOnly: true}}")).readOnly())
        .isTrue();
  }

  @Test
  void refusesClaimsThatAreNotBoundHere() {
    String where = "error processing PVC default/c: ";
    claim("status: {phase: Pending}", "local: {path: /etc}");
    refuses(CLAIM, where + "PVC is not bound");
    claim("status: {phase: Bound}", "local: {path: /nowhere}");
    refuses(CLAIM, "path \"/nowhere\" does not exist");
    claim("status: {phase: Bound}", "csi: {driver: x}");
    refuses(CLAIM, "driver name x not found in the list of registered CSI drivers");
    claim("status: {phase: Bound}", "local: {path: /etc}, nodeAffinity: {required: {a: b}}");
    sources.beElsewhere();
    assertThatThrownBy(() -> made(CLAIM))
        .hasMessage(
            "MountVolume.NodeAffinity check failed for volume \"v\" : no matching"
                + " NodeSelectorTerms");
  }

  @Test
  void mountsAnEphemeralClaimOnlyForItsOwnPod() {
    String claim =
        """
        {metadata: {name: p-v, namespace: default, uid: cu,
          ownerReferences: [{apiVersion: v1, kind: Pod, name: p, uid: %s, controller: true}]},
         spec: {volumeName: pv}, status: {phase: Bound}}
        """;
    String volume = "{ephemeral: {volumeClaimTemplate: {spec: {a: b}}}}";
    claim("status: {phase: Bound}", "local: {path: /etc}");
    sources.put(Resources.PERSISTENT_VOLUME_CLAIMS, "p-v", claim.formatted("u"));
    assertThat(mount(made(volume)).source()).isEqualTo(Path.of("/etc"));
    sources.put(Resources.PERSISTENT_VOLUME_CLAIMS, "p-v", claim.formatted("other"));
    refuses(volume, "PVC default/p-v was not created for pod default/p (pod is not owner)");
  }

  @Test
  void removesWhatItMadeAndNothingOfTheMachine() throws IOException {
    Path host = Files.createDirectory(directory.resolve("host"));
    Files.createFile(host.resolve("precious"));
    String others = ", {name: h, hostPath: {path: '" + host + "'}}, {name: m, nfs: {server: s}}";
    Volumes volumes = made("{emptyDir: {}}" + others);
    Path server = directory.resolve("pod/nfs/m");
    Files.createSymbolicLink(mount(volumes).source().resolve("link"), host);
    assertThat(mounts.isMounted(server)).isTrue();
    volumes.remove();
    assertThat(mounts.isMounted(server)).isFalse();
    assertThat(Files.exists(directory.resolve("pod"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(host.resolve("precious")).exists();
  }
}
