package io.kuber.node.volume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.container.ContainerMount.Bind;
import io.kuber.json.Yaml;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VolumesTest {
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  @TempDir private Path directory;

  private Volumes volumes(String declared) {
    Volumes volumes = new Volumes(directory.resolve("pod"), (kind, source) -> files);
    volumes.make(yaml("{volumes: [" + declared + "]}").items("volumes").trees());
    return volumes;
  }

  private static Tree yaml(String text) {
    return Yaml.parse(text.getBytes(UTF_8));
  }

  private static Bind mount(Volumes volumes, String mount) {
    return (Bind) volumes.mounts(yaml("{volumeMounts: [" + mount + "]}")).get(0);
  }

  @Test
  void makesADirectoryThatEverybodyMayWriteTo() throws IOException {
    Bind bind = mount(volumes("{name: v, emptyDir: {}}"), "{name: v, mountPath: /data}");
    assertThat(bind.target()).isEqualTo("/data");
    assertThat((int) Files.getAttribute(bind.source(), "unix:mode") & 0777).isEqualTo(0777);
  }

  @Test
  void writesTheFilesOfAConfigMapWithTheirMode() throws IOException {
    files.put("a/b.txt", "text".getBytes(UTF_8));
    Bind bind =
        mount(
            volumes("{name: v, configMap: {name: c, defaultMode: 256}}"),
            "{name: v, mountPath: /etc/c, readOnly: true}");
    Path file = bind.source().resolve("a/b.txt");
    assertThat(file).hasContent("text");
    assertThat((int) Files.getAttribute(file, "unix:mode") & 0777).isEqualTo(0400);
    assertThat(bind.readOnly()).isTrue();
  }

  @Test
  void mountsAPartOfAVolume() {
    files.put("only.txt", new byte[0]);
    Bind bind =
        mount(
            volumes("{name: v, configMap: {name: c}}"),
            "{name: v, mountPath: /etc/only.txt, subPath: only.txt}");
    assertThat(bind.source()).isRegularFile();
  }

  @Test
  void makesADirectoryForASubPathThatIsNotThere() {
    Bind bind =
        mount(volumes("{name: v, emptyDir: {}}"), "{name: v, mountPath: /data, subPath: mine/too}");
    assertThat(bind.source()).isDirectory().hasFileName("too");
  }

  @Test
  void refusesFilesThatLeadOut() {
    files.put("../../escaped", new byte[0]);
    assertThatThrownBy(() -> volumes("{name: v, secret: {secretName: s}}"))
        .isInstanceOf(VolumeException.class)
        .hasMessageContaining("leads out");
    assertThat(directory.resolve("escaped")).doesNotExist();
  }

  @Test
  void refusesASubPathThatLeadsOut() {
    Volumes volumes = volumes("{name: v, emptyDir: {}}");
    assertThatThrownBy(() -> mount(volumes, "{name: v, mountPath: /x, subPath: ../../..}"))
        .isInstanceOf(VolumeException.class);
  }

  @Test
  void refusesASubPathThatLeadsOutThroughALink() throws IOException {
    Volumes volumes = volumes("{name: v, emptyDir: {}}");
    Path root = mount(volumes, "{name: v, mountPath: /x}").source();
    Files.createSymbolicLink(root.resolve("link"), Path.of("/etc"));
    assertThatThrownBy(() -> mount(volumes, "{name: v, mountPath: /x, subPath: link/ssh}"))
        .isInstanceOf(VolumeException.class);
  }

  @Test
  void refusesAHostPathThatIsNotWhatItShouldBe() {
    assertThatThrownBy(
            () -> volumes("{name: v, hostPath: {path: /nowhere-at-all, type: Directory}}"))
        .isInstanceOf(VolumeException.class)
        .hasMessageContaining("/nowhere-at-all is not a directory");
  }

  @Test
  void removesWhatItMadeAndNothingOfTheMachine() throws IOException {
    Path host = Files.createDirectory(directory.resolve("host"));
    Files.createFile(host.resolve("precious"));
    Volumes volumes =
        volumes("{name: v, emptyDir: {}}, {name: h, hostPath: {path: '" + host + "'}}");
    volumes.remove();
    assertThat(directory.resolve("pod")).doesNotExist();
    assertThat(host.resolve("precious")).exists();
  }
}
