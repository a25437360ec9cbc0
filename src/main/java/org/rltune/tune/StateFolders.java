package org.rltune.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The states on disk from which a trial can go on when its run is resumed, beside the checkpoints that the user asked for:
 * folders {@code state_000012} in the format of checkpoints. They save time only, since a state can always be computed again
 * from the journal; so how many there are may depend on the clock. The two newest are kept, none when the trial has ended.
 */
final class StateFolders {
    private static final int KEPT = 2;
    private static final String PREFIX = "state_";
    private static final String CHANGED = "_changed";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{6,9})(" + CHANGED + ")?");

    /**
     * A state on disk.
     *
     * @param changed whether what was ordered after the iteration had been carried out already
     */
    record Place(int iteration, boolean changed, Path folder) {
        static final Comparator<Place> OLDEST_FIRST =
                Comparator.comparingInt(Place::iteration).thenComparing(Place::changed);
    }

    private final Path trialFolder;
    private final List<Place> places = new ArrayList<>();

    StateFolders(Path trialFolder) {
        this.trialFolder = trialFolder;
    }

    static String nameOf(int iteration, boolean changed) {
        return CheckpointFolder.numbered(PREFIX, iteration) + (changed ? CHANGED : "");
    }

    /** Writes a state; the oldest of more than two is deleted when the new one is on disk. */
    synchronized void write(Restart state, Map<String, Object> description) {
        Path folder = trialFolder.resolve(nameOf(state.iteration(), state.changed()));
        CheckpointFolder.write(folder, state.files(), description);
        Place place = new Place(state.iteration(), state.changed(), folder);
        places.remove(place);
        places.add(place);
        places.sort(Place.OLDEST_FIRST);
        while (places.size() > KEPT) {
            AtomicFiles.deleteFolder(places.remove(0).folder());
        }
    }

    /** Returns what there is, oldest first. */
    synchronized List<Place> places() {
        return List.copyOf(places);
    }

    synchronized void forget(Place place) {
        places.remove(place);
    }

    /** The trial has ended: nothing goes on from here. */
    synchronized void deleteAll() {
        places.forEach(place -> AtomicFiles.deleteFolder(place.folder()));
        places.clear();
    }

    /** Finds what is on disk up to an iteration, for a run that is resumed. */
    synchronized void scan(int upTo) {
        if (!Files.isDirectory(trialFolder)) {
            return;
        }
        try (Stream<Path> list = Files.list(trialFolder)) {
            list.forEach(path -> {
                Matcher name = NAME.matcher(path.getFileName().toString());
                OptionalInt iteration =
                        name.matches() ? OptionalInt.of(Integer.parseInt(name.group(1))) : OptionalInt.empty();
                if (iteration.isPresent() && iteration.getAsInt() <= upTo) {
                    places.add(new Place(iteration.getAsInt(), name.group(2) != null, path));
                }
            });
        } catch (IOException e) {
            throw AtomicFiles.failure("read", trialFolder, e);
        }
        places.sort(Place.OLDEST_FIRST);
    }
}
