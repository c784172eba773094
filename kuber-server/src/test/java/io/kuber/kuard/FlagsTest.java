package io.kuber.kuard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlagsTest {

  @Test
  void readsValuesBehindAnEqualsSignOrAsTheNextWord() {
    Settings settings =
        parse("--keygen-num-to-gen", "5", "--keygen-enable", "--port=9090", "extra");
    assertThat(settings.keyWork().count()).isEqualTo(5);
    assertThat(settings.keyWork().enable()).isTrue();
    assertThat(settings.address().getPort()).isEqualTo(9090);
    assertThat(settings.commandLine()).contains("extra");
  }

  @Test
  void servesOnTheOriginalsPortsByDefault() {
    assertThat(parse().address().getPort()).isEqualTo(8080);
    assertThat(parse().tlsAddress().getPort()).isEqualTo(8443);
  }

  @Test
  void prefersFlagsToTheEnvironment() {
    var environment = Map.of("KUARD_VERSION", "green", "KUARD_KEYGEN_EXIT_CODE", "3");
    Settings settings = Settings.parse(List.of("--version=purple"), environment);
    assertThat(settings.version()).isEqualTo("purple");
    assertThat(settings.keyWork().exitCode()).isEqualTo(3);
  }

  @Test
  void isNotConfusedByTheVariablesOfAServiceNamedKuard() {
    Settings settings = Settings.parse(List.of(), Map.of("KUARD_PORT", "tcp://10.96.0.7:80"));
    assertThat(settings.address().getPort()).isEqualTo(8080);
  }

  @Test
  void saysWhatIsWrongWithTheCommandLine() {
    assertThatThrownBy(() -> parse("--colour=red")).hasMessage("unknown flag: --colour");
    assertThatThrownBy(() -> parse("--address")).hasMessage("--address needs a value");
    assertThatThrownBy(() -> parse("--address=x:y")).hasMessageContaining("is not host:port");
    assertThatThrownBy(() -> parse("--keygen-exit-code=256")).hasMessageContaining("from 0 to 255");
  }

  @Test
  void coloursAVersionByTheNameInItOrElseByItsHash() {
    assertThat(Pod.colourOf("v0.10.0-blue")).isEqualTo("blue");
    assertThat(Pod.colourOf("Purple")).isEqualTo("purple");
    assertThat(Pod.colourOf("1")).isNotEqualTo(Pod.colourOf("2"));
  }

  private static Settings parse(String... args) {
    return Settings.parse(List.of(args), Map.of());
  }
}
