package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.admission.podsecurity.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an owner may say of pods in a file. */
final class PodSecurityFileTest {
  @TempDir private Path directory;

  private Settings read(String yaml) throws Exception {
    Files.writeString(directory.resolve(PodSecurityFile.NAME), yaml);
    return PodSecurityFile.in(directory);
  }

  @Test
  void readsTheConfigurationOfKubernetes() throws Exception {
    assertThat(PodSecurityFile.in(directory)).isEqualTo(Settings.STANDARD);
    Settings settings =
        read(
            """
            apiVersion: pod-security.admission.config.k8s.io/v1
            kind: PodSecurityConfiguration
            defaults: {enforce: baseline, enforce-version: v1.30, warn: restricted}
            exemptions: {usernames: [], runtimeClasses: [], namespaces: [kube-system]}
            """);
    assertThat(settings.defaults())
        .containsEntry("pod-security.kubernetes.io/enforce", "baseline")
        .containsEntry("pod-security.kubernetes.io/enforce-version", "v1.30");
    assertThat(settings.exemptions().namespaces()).containsExactly("kube-system");
  }

  @Test
  void saysWhichFileIsWrong() {
    assertThatThrownBy(() -> read("defaults: {enforce: tight}"))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("pod-security.yaml")
        .hasMessageContaining("must be one of privileged, baseline, restricted");
    assertThatThrownBy(() -> read("defaults: {")).isInstanceOf(StartException.class);
  }
}
