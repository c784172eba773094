package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables of containers, read from inside real ones. */
@Execution(ExecutionMode.CONCURRENT)
final class VariableFieldsTest {
  @TempDir private static Path directory;

  @RegisterExtension private static final NodeBench BENCH = new NodeBench(() -> directory);

  private static final FieldReader READER = new FieldReader(BENCH);

  @BeforeAll
  static void makeSources() {
    BENCH
        .cluster()
        .create(
            Resources.CONFIG_MAPS,
            "{metadata: {name: app}, data: {COLOUR: blue, 'with.dots-1': odd, SIZE: '3'}}");
    BENCH
        .cluster()
        .create(Resources.SECRETS, "{metadata: {name: key}, stringData: {COLOUR: red, PW: s3}}");
  }

  /** The value of X as the container's first process was given it; {@code unset} without one. */
  private String value(String containerFields) {
    return READER.read("", containerFields, "echo ${X-unset}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{name: X, value: plain}'                                                | plain",
        "'{name: A, value: a}, {name: X, value: \"$(A)-$(A)\"}'                   | a-a",
        "'{name: A, value: a}, {name: X, value: \"$$(A)\"}'                       | $(A)",
        "'{name: A, value: a}, {name: X, value: \"$$$(A)\"}'                      | $a",
        "'{name: X, value: \"$(NOBODY)\"}'                                        | $(NOBODY)",
        "'{name: X, value: \"$(A)\"}, {name: A, value: later}'                    | $(A)",
        "'{name: X, value: \"$(A\"}'                                              | $(A",
        "'{name: X, value: \"cost: $5 $\"}'                                       | cost: $5 $",
        "'{name: X, value: one}, {name: X, value: \"$(X) two\"}'                  | one two",
        "'{name: X}'                                                              | ''",
      })
  void refersToVariablesBeforeIt(String variables, String expected) {
    assertThat(value("env: [" + variables + "]")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'configMapKeyRef: {name: app, key: COLOUR}'                     | blue",
        "'secretKeyRef: {name: key, key: COLOUR}'                        | red",
        "'configMapKeyRef: {name: app, key: NONE, optional: true}'       | unset",
        "'configMapKeyRef: {name: nobody, key: A, optional: true}'       | unset",
        "'secretKeyRef: {name: nobody, key: A, optional: true}'          | unset",
        "'fieldRef: {fieldPath: metadata.namespace}'                     | default",
        "'fieldRef: {fieldPath: \"metadata.labels[''app'']\"}'           | shop",
        "'fieldRef: {fieldPath: \"metadata.labels[''none'']\"}'          | ''",
        "'fieldRef: {fieldPath: \"metadata.annotations[''note'']\"}'     | 'a \"quoted\" word'",
        "'fieldRef: {fieldPath: spec.nodeName}'                          | node-1",
        "'fieldRef: {fieldPath: spec.serviceAccountName}'                | default",
        "'resourceFieldRef: {resource: limits.cpu}'                      | 1",
        "'resourceFieldRef: {resource: limits.cpu, divisor: 1m}'         | 300",
        "'resourceFieldRef: {resource: requests.cpu, divisor: 1m}'       | 200",
        "'resourceFieldRef: {resource: limits.memory}'                   | 67108865",
        "'resourceFieldRef: {resource: limits.memory, divisor: 1Mi}'     | 65",
        "'resourceFieldRef: {resource: requests.memory, divisor: 1Ki}'   | 32768",
        "'resourceFieldRef: {resource: requests.ephemeral-storage}'      | 0",
        "'resourceFieldRef: {containerName: helper, resource: limits.cpu, divisor: 1m}' | 40",
      })
  void takesItsValueFromElsewhere(String source, String expected) {
    String read =
        READER.read(
            "initContainers: [{name: helper, image: kuber.io/host, command: ['true'],"
                + " resources: {limits: {cpu: 40m}}}]",
            "env: [{name: X, valueFrom: {"
                + source
                + "}}], resources: {requests: {cpu: 200m, memory: 32Mi},"
                + " limits: {cpu: 300m, memory: 67108865}}",
            "echo ${X-unset}");
    assertThat(read).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"A, left", "B, ''"})
  void takesItsValueFromAFileThatAnotherContainerLeft(String key, String expected) {
    String read =
        READER.read(
            "initContainers: [{name: helper, image: kuber.io/host, command: [sh, -c, 'echo A=left >"
                + " /d/vars'], volumeMounts: [{name: d, mountPath: /d}]}], volumes: [{name: d,"
                + " emptyDir: {}}]",
            "env: [{name: X, valueFrom: {fileKeyRef: {volumeName: d, path: vars, optional: true,"
                + " key: "
                + key
                + "}}}]",
            "echo $X");
    assertThat(read).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"metadata.name, name", "metadata.uid, uid"})
  void knowsItsPod(String path, String field) {
    String name =
        READER.start(
            "", "env: [{name: X, valueFrom: {fieldRef: {fieldPath: " + path + "}}}]", "echo $X");
    String read = BENCH.awaitOutput(name).strip();
    assertThat(read).isEqualTo(BENCH.cluster().pod(name).metadata().text(field));
  }

  @ParameterizedTest
  @CsvSource({"podIP, podIP", "podIPs, podIP", "hostIP, hostIP", "hostIPs, hostIP"})
  void knowsItsAddresses(String path, String field) {
    String name =
        READER.start(
            "",
            "env: [{name: X, valueFrom: {fieldRef: {fieldPath: status." + path + "}}}]",
            "echo $X");
    String read = BENCH.awaitOutput(name).strip();
    assertThat(read).isNotEmpty().isEqualTo(BENCH.cluster().pod(name).status().text(field));
  }

  @Test
  void isToldWhatTheNodeOffersWhereItHasNoLimit() {
    KubeObject node = BENCH.cluster().find(Resources.NODES, NodeBench.NODE).orElseThrow();
    Quantity memory = Quantity.parse(node.status().text("allocatable", "memory"));
    assertThat(value("env: [{name: X, valueFrom: {resourceFieldRef: {resource: limits.memory}}}]"))
        .isEqualTo(Long.toString(memory.value()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{configMapRef: {name: app}}'                                   | COLOUR       | blue",
        "'{prefix: P_, configMapRef: {name: app}}'                       | P_COLOUR     | blue",
        "'{prefix: P_, configMapRef: {name: app}}'                       | COLOUR       | ''",
        "'{secretRef: {name: key}}'                                      | PW           | s3",
        "'{configMapRef: {name: app}}, {secretRef: {name: key}}'         | COLOUR       | red",
        "'{secretRef: {name: key}}, {configMapRef: {name: app}}'         | COLOUR       | blue",
        "'{configMapRef: {name: app}}'                                   | with.dots-1  | odd",
        "'{configMapRef: {name: nobody, optional: true}}'                | COLOUR       | ''",
        "'{configMapRef: {name: app}}'                                   | OWN          | own blue",
      })
  void takesWholeMaps(String sources, String variable, String expected) {
    String read =
        READER.read(
            "",
            "envFrom: [" + sources + "], env: [{name: OWN, value: own $(COLOUR)}]",
            "tr '\\0' '\\n' < /proc/1/environ | sed -n 's/^" + variable + "=//p'");
    assertThat(read).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'envFrom: [{configMapRef: {name: nobody}}]' | configmap \"nobody\" not found",
        "'envFrom: [{secretRef: {name: nobody}}]'    | secret \"nobody\" not found",
        "'env: [{name: X, valueFrom: {configMapKeyRef: {name: nobody, key: a}}}]'"
            + " | configmap \"nobody\" not found",
        "'env: [{name: X, valueFrom: {configMapKeyRef: {name: app, key: none}}}]'"
            + " | couldn't find key none in ConfigMap default/app",
        "'env: [{name: X, valueFrom: {secretKeyRef: {name: key, key: none}}}]'"
            + " | couldn't find key none in Secret default/key",
      })
  void doesNotStartWithoutWhatItNeeds(String fields, String message) {
    Tree waiting = READER.awaitWaiting("", fields, "CreateContainerConfigError");
    assertThat(waiting.text("message")).isEqualTo(message);
  }
}
