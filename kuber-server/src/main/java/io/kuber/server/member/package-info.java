/**
 * What a server says about itself and the others: who they are and how, whether this one is ready,
 * where the API of each is, and a copy of all that they keep.
 *
 * <p>{@link io.kuber.server.member.ServersRoute} and {@link io.kuber.server.member.BackupRoute}
 * answer paths below {@code /kuber}, for administrators, each request on its own worker thread;
 * {@link io.kuber.server.member.Contact} is told once a second whether there is a leader; {@link
 * io.kuber.server.member.ApiEndpoints} decides what the Service {@code default/kubernetes} leads
 * to. Start at {@link io.kuber.server.member.ServersRoute}.
 *
 * <p><b>Invariant:</b> every server answers, also one that has lost the others.
 */
@NullMarked
package io.kuber.server.member;

import org.jspecify.annotations.NullMarked;
