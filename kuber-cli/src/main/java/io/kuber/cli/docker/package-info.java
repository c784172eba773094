/**
 * {@code kuber docker}: a client of a container engine, with Docker's commands, flags and columns.
 *
 * <p>Flow: {@link io.kuber.cli.docker.Docker} finds the command in {@code Commands}; the command
 * asks the {@code Engine} over its Unix socket (Engine API 1.41) and prints. What flags and columns
 * mean is in small pure classes ({@code Ports}, {@code Mounts}, {@code Sizes}, {@code Ages}, {@code
 * Template}); containers' terminals are in {@code Attachment}.
 *
 * <p>Owner thread: the one that runs the command. An attached container has two more, which only
 * copy bytes.
 *
 * <p><b>Invariants:</b> a terminal has its mode back however a command ends; what cannot be done as
 * asked is refused with the flag's name.
 */
@NullMarked
package io.kuber.cli.docker;

import org.jspecify.annotations.NullMarked;
