package io.kuber.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.container.Container;
import io.kuber.container.ContainerException;
import io.kuber.container.Exit;
import io.kuber.container.ProcessSpec;
import io.kuber.container.User;
import io.kuber.engine.EngineException;
import io.kuber.object.Tree;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ExecsTest {
  private static final ProcessSpec PROCESS =
      new ProcessSpec(List.of("true"), Map.of(), "/", User.ROOT, false, false);

  private final Execs execs = new Execs();
  private final CompletableFuture<Exit> end = new CompletableFuture<>();

  /** A container that can be asked for its end, and starts nothing. */
  private Container container() {
    return (Container)
        Proxy.newProxyInstance(
            Container.class.getClassLoader(),
            new Class<?>[] {Container.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("exit")) {
                return end;
              }
              throw new ContainerException("the container has ended");
            });
  }

  private Execs.Exec add(Container container) {
    return execs.add("c1", container, PROCESS, Tree.EMPTY);
  }

  @Test
  void forgetsThoseThatNobodyStartedBeforeTheirContainerEnded() {
    Container container = container();
    for (int i = 0; i < Execs.MOST; i++) {
      add(container);
    }
    assertThatThrownBy(() -> add(container)).isInstanceOf(EngineException.class);
    end.complete(new Exit(0, 0, false, Instant.EPOCH));
    assertThat(add(container).isOver()).isFalse();
  }

  @Test
  void refusesToStartWhereTheContainerHasEndedAndIsOverThen() {
    Execs.Exec exec = add(container());
    assertThatThrownBy(exec::start)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("is not running")
        .extracting(e -> ((EngineException) e).status())
        .isEqualTo(409);
    assertThat(exec.isOver()).isTrue();
  }
}
