package io.kuber.engine.container;

import io.kuber.container.ContainerRuntime;
import io.kuber.engine.ImageShelf;
import io.kuber.engine.NetworkShelf;
import io.kuber.engine.VolumeShelf;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.InstantSource;

/** Ground on which no container can run: what a test does not give must not be asked for. */
final class FakeGround {
  private FakeGround() {}

  static Ground with(VolumeShelf volumes, Path directory) {
    return new Ground(
        absent(ContainerRuntime.class),
        absent(ImageShelf.class),
        absent(NetworkShelf.class),
        volumes,
        (a, b, c, d) -> {},
        directory.resolve("containers"),
        directory.resolve("written"),
        InstantSource.system());
  }

  static <T> T absent(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw new AssertionError("nobody asks for " + method);
            }));
  }
}
