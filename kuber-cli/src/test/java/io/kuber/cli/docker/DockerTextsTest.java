package io.kuber.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.cli.output.CommandFailure;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts and flags as Docker has them. */
final class DockerTextsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0B, 0B, 0B",
    "999, 999B, 999B, 999B",
    "1000, 1kB, 1kB, 1000B",
    "2048, 2.05kB, 2.048kB, 2KiB",
    "5600000, 5.6MB, 5.6MB, 5.341MiB",
    "98123456, 98.1MB, 98.12MB, 93.58MiB",
    "999999, 1000kB, 1000kB, 976.6KiB",
    "1234567890, 1.23GB, 1.235GB, 1.15GiB",
  })
  void sizesAreShort(long bytes, String inLists, String inProgress, String ofMemory) {
    assertThat(Sizes.of(bytes)).isEqualTo(inLists);
    assertThat(Sizes.exact(bytes)).isEqualTo(inProgress);
    assertThat(Sizes.ofMemory(bytes)).isEqualTo(ofMemory);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.5S, Less than a second ago",
    "PT1S, 1 second ago",
    "PT59S, 59 seconds ago",
    "PT60S, About a minute ago",
    "PT2M30S, 2 minutes ago",
    "PT59M59S, 59 minutes ago",
    "PT60M, About an hour ago",
    "PT1H31M, 2 hours ago",
    "PT47H, 47 hours ago",
    "PT48H, 2 days ago",
    "P13D, 13 days ago",
    "P14D, 2 weeks ago",
    "P60D, 2 months ago",
    "P730D, 2 years ago",
    "PT-5S, Less than a second ago",
  })
  void agesAreRounded(Duration age, String text) {
    assertThat(Ages.ago(age)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "80 | [Binding[hostIp=, hostPort=, port=80/tcp]]",
        "8080:80 | [Binding[hostIp=, hostPort=8080, port=80/tcp]]",
        "53:53/udp | [Binding[hostIp=, hostPort=53, port=53/udp]]",
        "127.0.0.1::80 | [Binding[hostIp=127.0.0.1, hostPort=, port=80/tcp]]",
        "127.0.0.1:80:81 | [Binding[hostIp=127.0.0.1, hostPort=80, port=81/tcp]]",
        "[::1]:80:81 | [Binding[hostIp=::1, hostPort=80, port=81/tcp]]",
        "8000-8001:80-81 | [Binding[hostIp=, hostPort=8000, port=80/tcp], Binding[hostIp=,"
            + " hostPort=8001, port=81/tcp]]",
        "8000-8010:80 | [Binding[hostIp=, hostPort=8000-8010, port=80/tcp]]",
      })
  void publishedPortsAreRead(String flag, String bindings) {
    assertThat(Ports.published(flag)).hasToString(bindings);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "80:",
        "70000:80",
        "80:70000",
        "1-3:1-2",
        "80/icmp",
        "3-1:80",
        "1.2.3.4:80"
      })
  void portsThatCannotBeAreRefused(String flag) {
    assertThatThrownBy(() -> Ports.published(flag))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("--publish: ");
  }

  @Test
  void neighbouringPortsStandTogether() {
    String json =
        """
        {"p": [{"IP":"0.0.0.0","PrivatePort":81,"PublicPort":8081,"Type":"tcp"},
         {"IP":"0.0.0.0","PrivatePort":80,"PublicPort":8080,"Type":"tcp"},
         {"IP":"::","PrivatePort":80,"PublicPort":8080,"Type":"tcp"},
         {"PrivatePort":443,"Type":"tcp"},{"PrivatePort":53,"Type":"udp"}]}
        """;
    assertThat(PortColumn.of(tree(json).items("p").trees()))
        .isEqualTo("443/tcp, 0.0.0.0:8080-8081->80-81/tcp, [::]:8080->80/tcp, 53/udp");
  }

  private static Tree tree(String json) {
    return Json.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "/data, '', /data",
    "name:/data, name:/data, ''",
    "/a:/b:ro, /a:/b:ro, ''",
    "./a:/b, /here/a:/b, ''",
    "../a:/b, /a:/b, ''",
  })
  void volumesAreRead(String flag, String bind, String place) {
    assertThat(Mounts.volume(flag, Path.of("/here"))).isEqualTo(new Mounts.Volume(bind, place));
  }

  @ParameterizedTest
  @CsvSource({"a:b, must be absolute", "data, must be absolute", "a:/b:c:d, invalid volume"})
  void volumesThatCannotBeAreRefused(String flag, String message) {
    assertThatThrownBy(() -> Mounts.volume(flag, Path.of("/here")))
        .hasMessageStartingWith("--volume: ")
        .hasMessageContaining(message);
  }

  @Test
  void mountsAreRead() {
    assertThat(Mounts.mount("type=bind,src=./x,dst=/y,readonly", Path.of("/here")))
        .isEqualTo(Tree.of("Type", "bind", "Source", "/here/x", "Target", "/y", "ReadOnly", true));
    assertThat(Mounts.mount("source=v,target=/y", Path.of("/here")))
        .isEqualTo(Tree.of("Type", "volume", "Source", "v", "Target", "/y"));
    for (String wrong :
        List.of("type=bind,dst=/y", "src=v", "dst=/y,what=1", "type=npipe,dst=/y")) {
      assertThatThrownBy(() -> Mounts.mount(wrong, Path.of("/here")))
          .hasMessageStartingWith("--mount: " + wrong);
    }
  }

  @Test
  void amountsAreRead() {
    assertThat(Amounts.memory("-m", "200m")).isEqualTo(200L << 20);
    assertThat(Amounts.memory("-m", "1.5GB")).isEqualTo(3L << 29);
    assertThat(Amounts.memory("-m", "64")).isEqualTo(64);
    assertThat(Amounts.time("--since", "1h2m3.5s")).isEqualTo(Duration.parse("PT1H2M3.5S"));
    assertThatThrownBy(() -> Amounts.memory("-m", "lots")).hasMessageStartingWith("-m: invalid");
    assertThatThrownBy(() -> Amounts.time("--since", "5")).hasMessageStartingWith("--since: 5 is");
    assertThatThrownBy(() -> Amounts.processors("--cpus", "-1")).hasMessageStartingWith("--cpus");
  }

  @Test
  void momentsAreSecondsDatesOrAges() {
    Instant now = Instant.ofEpochSecond(1_000);
    assertThat(Moments.of("--since", "10m", now)).isEqualTo("400.000000000");
    assertThat(Moments.of("--since", "17.5", now)).isEqualTo("17.5");
    assertThat(Moments.of("--since", "1970-01-01T00:00:02Z", now)).isEqualTo("2.000000000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "{{.Name}} => web",
        "{{.State.Running}} {{.State.Pid}} => true 7",
        "{{json .State}} => {\"Running\":true,\"Pid\":7}",
        "{{range .Networks}}{{.IP}};{{end}} => 10.0.0.1;10.0.0.2;",
        "{{range $k, $v := .Networks}}{{$k}}={{$v.IP}} {{end}} => a=10.0.0.1 b=10.0.0.2 ",
        "{{(index .Networks \"b\").IP}} => 10.0.0.2",
        "{{index .Args 1}} => y",
        "{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}} => none",
        "{{if eq .Name \"web\"}}yes{{else if .Name}}no{{end}} => yes",
        "{{with .State}}{{.Pid}}{{end}} => 7",
        "{{join .Args \"+\"}} {{len .Args}} {{.Name | upper}} => x+y 2 WEB",
        "{{.Args}} {{.State}} => [x y] map[Pid:7 Running:true]",
        "{{not .State.Running}} {{and .Name .Args}} => false [x y]",
        "{{`a b`}} {{print .Name 1}} => a b web 1",
        "[ {{- .Name -}} ] => [web]",
        "{{print \"a\\\\nb\" \"\\\"$1\\t\"}}| => a\\nb \"$1\t|",
      })
  void templatesAreFilledIn(String template, String text) {
    Tree value =
        tree(
            """
            {"Name":"web","Args":["x","y"],"State":{"Running":true,"Pid":7},
             "Networks":{"b":{"IP":"10.0.0.2"},"a":{"IP":"10.0.0.1"}}}
            """);
    assertThat(Template.parse(template).render(value).strip()).isEqualTo(text.strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{.Missing}}",
        "{{nope .Name}}",
        "{{.Name",
        "{{if .Name}}x",
        "{{end}}",
        "{{.Name .Name}}",
        "{{template \"x\"}}",
        "{{(.Name}}",
        "{{range .Name}}{{end}}",
        "{{}}",
        "{{index .Name}}",
        "{{index .Name 99999999999999999999}}",
      })
  void templatesThatCannotBeAreRefused(String template) {
    assertThatThrownBy(() -> Template.parse(template).render(Tree.of("Name", "web")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("template parsing error: ");
  }

  @ParameterizedTest
  @CsvSource({
    "node_modules, node_modules/a/b, true",
    "node_modules, src/node_modules, false",
    "**/node_modules, src/node_modules, true",
    "*.md, README.md, true",
    "*.md, docs/README.md, false",
    "**/*.md, docs/README.md, true",
    "/build/, build/x, true",
    "temp?, temp1, true",
    "temp?, temp12, false",
    "[ab].txt, a.txt, true",
    "docs/**, docs/a/b, true",
    "#docs, docs, false",
    "a.b, axb, false",
  })
  void ignoredFilesAreLeftOut(String rule, String name, boolean out) {
    assertThat(IgnoreRules.of(List.of(rule)).leavesOut(name)).isEqualTo(out);
  }

  @Test
  void theLastRuleThatFitsDecides() {
    IgnoreRules rules = IgnoreRules.of(List.of("*.md", "!README.md", "docs", "!docs/keep"));
    assertThat(rules.leavesOut("README.md")).isFalse();
    assertThat(rules.leavesOut("docs/keep")).isFalse();
    assertThat(rules.leavesOut("docs/other")).isTrue();
    assertThat(rules.mayKeepBelow("docs")).isTrue();
    assertThat(rules.mayKeepBelow("src")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "ubuntu, ubuntu, '', https://index.docker.io/v1/",
    "ubuntu:jammy, ubuntu, jammy, https://index.docker.io/v1/",
    "reg.local:5000/a/b, reg.local:5000/a/b, '', reg.local:5000",
    "reg.local:5000/a:1, reg.local:5000/a, 1, reg.local:5000",
    "localhost/a, localhost/a, '', localhost",
    "docker.io/library/a:1, docker.io/library/a, 1, https://index.docker.io/v1/",
    "a@sha256:00, a, @sha256:00, https://index.docker.io/v1/",
  })
  void namesOfImagesAreSplit(String text, String repository, String tag, String registry) {
    ImageName name = ImageName.of(text);
    assertThat(name).isEqualTo(new ImageName(repository, tag));
    assertThat(name.registryKey()).isEqualTo(registry);
    assertThat(name).hasToString(text);
  }

  @Test
  void environmentsTakeOwnValuesForNamesAlone() throws Exception {
    assertThat(
            Pairs.environment(
                    List.of(), List.of("A=1", "HOME", "NONE", "A=2"), Map.of("HOME", "/root"))
                .texts())
        .containsExactly("A=2", "HOME=/root");
  }

  @Test
  void twoKeysDetachEvenInTwoReads() {
    DetachKeys keys = new DetachKeys();
    assertThat(keys.pass(new byte[] {'a', 16}, 2)).containsExactly('a');
    assertThat(keys.pass(new byte[] {'b'}, 1)).containsExactly(16, 'b');
    assertThat(keys.isPressed()).isFalse();
    assertThat(keys.pass(new byte[] {'c', 16, 17, 'd'}, 4)).containsExactly('c');
    assertThat(keys.isPressed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'a.txt', /tmp, d, false, a.txt, /tmp, a.txt",
    "'dir', /tmp, d, true, dir, /tmp, dir",
    "'dir/.', /tmp, d, true, dir, /tmp, ''",
    "'a.txt', /tmp/b, -, false, a.txt, /tmp, b",
    "'dir', /tmp/new, -, true, dir, /tmp, new",
    "'a.txt', /etc/passwd, f, false, a.txt, /etc, passwd",
  })
  void copiesEndUpWhereTheManualSays(
      String source, String path, char found, boolean isDirectory, String x, String in, String as) {
    Optional<PathStat> stat =
        found == '-'
            ? Optional.empty()
            : Optional.of(new PathStat(found == 'd' ? 1L << 31 : 0, ""));
    assertThat(CopyGoal.inside(path, stat, source, isDirectory)).isEqualTo(new CopyGoal(in, as));
  }

  @Test
  void copiesThatCannotBeAreRefused() {
    Optional<PathStat> file = Optional.of(new PathStat(0, ""));
    assertThatThrownBy(() -> CopyGoal.inside("/f", file, "dir", true))
        .hasMessage("cannot copy directory to file /f");
    assertThatThrownBy(() -> CopyGoal.inside("/x/", Optional.empty(), "a", false))
        .hasMessage("no such directory: /x/");
  }

  @Test
  void eventsHaveTheirAttributesInOrder() {
    String line =
        Events.text(
            tree(
                """
                {"Type":"container","Action":"start","timeNano":1500000000,
                 "Actor":{"ID":"abc","Attributes":{"name":"web","image":"nginx"}}}
                """));
    assertThat(line)
        .contains(":01.500000000")
        .endsWith(" container start abc (image=nginx, name=web)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "bm9ib2R5"})
  void credentialsThatCannotBeReadAreNamed(String auth, @TempDir Path directory) throws Exception {
    Path file = directory.resolve("config.json");
    Files.writeString(file, "{\"auths\":{\"reg.local\":{\"auth\":\"" + auth + "\"}}}");
    assertThatThrownBy(() -> Credentials.read(file).header("reg.local"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(file + ": auths: reg.local: auth is not USER:PASSWORD in base64");
  }

  @Test
  void credentialsAreKeptAsDockerKeepsThem(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("docker/config.json");
    Credentials.read(file).with("reg.local", "me", "se:cret", "").write();
    assertThat(Json.parse(Files.readAllBytes(file)))
        .isEqualTo(tree("{\"auths\":{\"reg.local\":{\"auth\":\"bWU6c2U6Y3JldA==\"}}}"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String header =
        Credentials.read(file).header("reg.local").first("X-Registry-Auth").orElseThrow();
    assertThat(Json.parse(Base64.getUrlDecoder().decode(header)))
        .isEqualTo(
            tree("{\"username\":\"me\",\"password\":\"se:cret\",\"serveraddress\":\"reg.local\"}"));
    assertThat(Credentials.read(file).without("reg.local").has("reg.local")).isFalse();
    assertThat(Credentials.read(file).header("other").has("X-Registry-Auth")).isFalse();
  }
}
