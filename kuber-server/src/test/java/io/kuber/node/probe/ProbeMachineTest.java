package io.kuber.node.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.node.probe.ProbeMachine.Verdict;
import io.kuber.object.Tree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProbeMachineTest {
  /** {@code +} is a success, {@code -} a failure; two of one, three of the other change it. */
  @ParameterizedTest
  @CsvSource({
    "'', UNKNOWN",
    "+, UNKNOWN",
    "++, SUCCESS",
    "--, UNKNOWN",
    "---, FAILURE",
    "+-+-, UNKNOWN",
    "++--, SUCCESS",
    "++--+--, SUCCESS",
    "++---, FAILURE",
    "---+, FAILURE",
    "---++, SUCCESS",
  })
  void changesItsVerdictAfterEnoughResultsInARow(String results, Verdict expected) {
    ProbeSpec spec = ProbeSpec.of(Tree.of("successThreshold", 2L, "failureThreshold", 3L));
    ProbeMachine machine = ProbeMachine.NEW;
    for (int i = 0; i < results.length(); i++) {
      machine = machine.after(results.charAt(i) == '+', spec);
    }
    assertThat(machine.verdict()).isEqualTo(expected);
  }
}
