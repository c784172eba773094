package io.kuber.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.boot.ClusterDomain;
import io.kuber.boot.ClusterNetwork;
import io.kuber.cli.output.CommandFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What clusters cannot be, and what they can. */
final class ClusterArgumentsTest {
  private static final long GIGABYTE = 1L << 30;

  private static ClusterArguments of(String nodes) {
    return CommandLine.populateCommand(new ClusterArguments(), "--simulated-nodes", nodes);
  }

  @Test
  void refusesMoreNodesThanThereAreAddressesForAndSaysWhatTheyWouldNeed() {
    assertThatThrownBy(() -> of("50000").checkSimulated(GIGABYTE))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "--simulated-nodes: 50,000 is not between 0 and 10,000; so many would need about 2.06"
                + " GiB of memory");
  }

  @Test
  void refusesMoreNodesThanTheHeapHoldsAndSaysHowMuchIsMissing() {
    assertThatThrownBy(() -> of("10000").checkSimulated(GIGABYTE / 2))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "--simulated-nodes: 10,000 nodes need about 551 MiB of memory; this JVM has 512 MiB."
                + " Give it more with -Xmx1g, or KUBER_MAX_HEAP=1g for ./kuber");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0  | --nodes: 0 is not between 1 and 20
          -3 | --nodes: -3 is not between 1 and 20
          21 | --nodes: 21 is not between 1 and 20; for more there are --simulated-nodes, which run nothing
          """)
  void refusesNumbersOfRealNodesThatNoMachineHas(int nodes, String message) {
    assertThatThrownBy(() -> of("0").group(nodes))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(message);
  }

  @Test
  void refusesRealNodesBesideSimulatedOnes() {
    assertThatThrownBy(() -> of("5").group(3))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("--nodes and --simulated-nodes: ");
  }

  @Test
  void namesClustersAndRefusesNamesThatAreNone() {
    Path directory = Path.of("data");
    assertThat(named("--cluster-domain", "kuber.example").options(directory, 0).network().domain())
        .isEqualTo(new ClusterDomain("kuber.example"));
    assertThat(of("0").options(directory, 0).network()).isEqualTo(ClusterNetwork.STANDARD);
    assertThatThrownBy(() -> named("--cluster-domain", "Kuber.").options(directory, 0))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("--cluster-domain: \"Kuber.\" is no domain");
  }

  @ParameterizedTest
  @CsvSource({
    "--service-cidr, 10.0.0.0/8, is not between /12 and /26",
    "--service-cidr, 10.96.0.1/16, has bits behind the prefix",
    "--service-cidr, many, is no block of IPv4 addresses",
    "--pod-cidr, 10.0.0.0/30, is not between /8 and /19",
    "--pod-cidr, fd00::/64, is no block of IPv4 addresses",
  })
  void refusesAddressesThatNoClusterHas(String option, String block, String why) {
    ClusterArguments arguments = named(option, block);
    assertThatThrownBy(() -> arguments.options(Path.of("data"), 0))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(option + ": ")
        .hasMessageContaining(why);
    assertThatThrownBy(arguments::nodes)
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(option + ": ");
  }

  private static ClusterArguments named(String option, String value) {
    return CommandLine.populateCommand(new ClusterArguments(), option, value);
  }

  @Test
  void takesWhatFits() {
    assertThatCode(() -> of("10000").checkSimulated(GIGABYTE)).doesNotThrowAnyException();
    assertThatCode(() -> of("0").checkSimulated(1)).doesNotThrowAnyException();
  }
}
