package io.kuber.cli.docker;

import io.kuber.boot.ContainerEngine;
import io.kuber.boot.EnginePlace;
import io.kuber.cli.command.ImageArguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The engine alone, without a cluster, until a signal ends it. */
@Command(description = "Runs the engine without a cluster, in the foreground.")
final class Serve extends DockerCommand {
  private static final Logger LOG = LoggerFactory.getLogger(Serve.class);

  @Mixin private ImageArguments images = new ImageArguments();

  @Override
  int run() throws IOException, InterruptedException {
    Path directory = docker().dataDirectory().toAbsolutePath().normalize();
    AutoCloseable engine = ContainerEngine.alone(directory, images.places());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(engine), "stop"));
    out().println("Listening on unix://" + EnginePlace.socketIn(directory) + "; Ctrl-C stops it");
    out().flush();
    new CountDownLatch(1).await();
    return 0;
  }

  private static void close(AutoCloseable engine) {
    try {
      engine.close();
    } catch (Exception e) {
      LOG.error("the engine did not close as it should", e);
    }
  }
}
