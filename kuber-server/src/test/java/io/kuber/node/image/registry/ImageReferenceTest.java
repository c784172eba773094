package io.kuber.node.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageReferenceTest {
  private static final String HEX =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @ParameterizedTest
  @CsvSource({
    "busybox, docker.io/library/busybox:latest, busybox",
    "busybox:1.36, docker.io/library/busybox:1.36, busybox",
    "team/app, docker.io/team/app:latest, team/app",
    "docker.io/busybox, docker.io/library/busybox:latest, busybox",
    "index.docker.io/team/app:1, docker.io/team/app:1, team/app",
    "localhost/app:1, localhost/app:1, localhost/app",
    "localhost:5000/app, localhost:5000/app:latest, localhost:5000/app",
    "gcr.io/a/b/c_d--e.f:v1, gcr.io/a/b/c_d--e.f:v1, gcr.io/a/b/c_d--e.f",
    "[::1]:5000/app:1, [::1]:5000/app:1, [::1]:5000/app",
    "UPPER/app:1, UPPER/app:1, UPPER/app",
    "app@sha256:" + HEX + ", docker.io/library/app@sha256:" + HEX + ", app",
    "app:1@sha256:" + HEX + ", docker.io/library/app:1@sha256:" + HEX + ", app",
  })
  void completesWhatPeopleLeaveOut(String text, String whole, String familiar) {
    ImageReference reference = ImageReference.parse(text);
    assertThat(reference).hasToString(whole);
    assertThat(reference.familiarName()).isEqualTo(familiar);
    assertThat(ImageReference.parse(whole)).isEqualTo(reference);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":1",
        "app:",
        "app:-1",
        "a b",
        "app@",
        "app@sha256:12",
        "app@md5:" + HEX,
        "-app",
        "a//b",
        "a/",
        "/a",
        "gcr.io/",
        "https://gcr.io/app",
        "Busybox",
        "gcr.io/App",
        HEX,
      })
  void refusesWhatIsNoReference(String text) {
    assertThatThrownBy(() -> ImageReference.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
