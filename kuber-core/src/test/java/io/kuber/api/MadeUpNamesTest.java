package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.kuber.admission.AdmissionChain;
import io.kuber.api.ApiAnswer.One;
import io.kuber.api.ApiRequest.Body;
import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.resource.builtin.BuiltInKinds;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names that the server makes up, when they are taken already. */
final class MadeUpNamesTest {
  private static final int LETTERS = 5;

  private final TestApi objects = new TestApi();
  private final Dice dice = new Dice();
  private final Loops loaded = new Loaded(objects.loops, dice);
  private final Api api =
      new Api(
          objects.store,
          objects.hub,
          BuiltInKinds::catalogue,
          AdmissionChain.standard(loaded),
          loaded);

  @BeforeEach
  void takeTheFirstName() {
    objects.create(Resources.CONFIG_MAPS, "{metadata: {name: x-bbbbb}}");
  }

  private String created(int namesThatAreTaken) {
    dice.zeros = namesThatAreTaken * LETTERS;
    ApiRequest create =
        ApiRequest.of(Verb.CREATE, Resources.CONFIG_MAPS, "default", "", TestApi.USER)
            .with(new Body.Whole(TestApi.yaml("{metadata: {generateName: x-}}")));
    One answer = (One) TestApi.resolved(api.handle(create));
    return answer.object().name();
  }

  @Test
  void triesEightNamesBeforeItGivesUp() {
    assertThat(created(7)).isEqualTo("x-ccccc");
  }

  @Test
  void tellsTheClientToTryAgainWhenAllAreTaken() {
    assertThatThrownBy(() -> created(8))
        .hasMessage(
            "configmaps \"x-bbbbb\" already exists, the server was not able to generate a unique"
                + " name for the object")
        .asInstanceOf(type(ApiException.class))
        .satisfies(
            refused -> {
              assertThat(refused.reason()).isEqualTo(StatusReason.ALREADY_EXISTS);
              assertThat(refused.details().retryAfterSeconds()).isEqualTo(1);
            });
  }

  /** Dice that fall on zero so many times, and on one ever after. */
  private static final class Dice implements Entropy {
    private int zeros;

    @Override
    public int below(int bound) {
      return zeros-- > 0 ? 0 : 1;
    }

    @Override
    public UUID uuid() {
      return new UUID(0, 0);
    }
  }

  /** Loops with other dice. */
  private record Loaded(Loops loops, Entropy entropy) implements Loops {
    @Override
    public Loop loop(String name) {
      return loops.loop(name);
    }

    @Override
    public InstantSource clock() {
      return loops.clock();
    }

    @Override
    public void close() {
      loops.close();
    }
  }
}
