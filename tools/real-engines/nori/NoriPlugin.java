package eip.engines.nori;

import java.io.IOException;
import java.io.StringReader;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.ko.KoreanAnalyzer;
import org.apache.lucene.analysis.ko.KoreanNumberFilter;
import org.apache.lucene.analysis.ko.KoreanPartOfSpeechStopFilter;
import org.apache.lucene.analysis.ko.KoreanReadingFormFilter;
import org.apache.lucene.analysis.ko.KoreanTokenizer;
import org.apache.lucene.analysis.ko.KoreanTokenizer.DecompoundMode;
import org.apache.lucene.analysis.ko.POS;
import org.apache.lucene.analysis.ko.dict.UserDictionary;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.index.IndexSettings;
import org.opensearch.index.analysis.AbstractIndexAnalyzerProvider;
import org.opensearch.index.analysis.AbstractTokenFilterFactory;
import org.opensearch.index.analysis.AbstractTokenizerFactory;
import org.opensearch.index.analysis.Analysis;
import org.opensearch.index.analysis.AnalyzerProvider;
import org.opensearch.index.analysis.TokenFilterFactory;
import org.opensearch.index.analysis.TokenizerFactory;
import org.opensearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.opensearch.plugins.AnalysisPlugin;
import org.opensearch.plugins.Plugin;

/**
 * Korean analysis under the names and settings of the official analysis-nori plugin, over Lucene's
 * own nori module. The official plugin is not among the published Maven artefacts.
 */
public class NoriPlugin extends Plugin implements AnalysisPlugin {

    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        return Map.of("nori_tokenizer", NoriTokenizer::new);
    }

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of(
            "nori_part_of_speech", (index, env, name, settings) -> new Filter(index, name, settings) {
                private final Set<POS.Tag> stop = stopTags(settings);
                @Override
                public TokenStream create(TokenStream in) {
                    return new KoreanPartOfSpeechStopFilter(in, stop);
                }
            },
            "nori_readingform", (index, env, name, settings) -> new Filter(index, name, settings) {
                @Override
                public TokenStream create(TokenStream in) {
                    return new KoreanReadingFormFilter(in);
                }
            },
            "nori_number", (index, env, name, settings) -> new Filter(index, name, settings) {
                @Override
                public TokenStream create(TokenStream in) {
                    return new KoreanNumberFilter(in);
                }
            }
        );
    }

    @Override
    public Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> getAnalyzers() {
        return Map.of("nori", NoriAnalyzer::new);
    }

    private abstract static class Filter extends AbstractTokenFilterFactory {
        Filter(IndexSettings index, String name, Settings settings) {
            super(index, name, settings);
        }
    }

    private static final class NoriTokenizer extends AbstractTokenizerFactory {
        private final UserDictionary words;
        private final DecompoundMode mode;
        private final boolean discardPunctuation;

        NoriTokenizer(IndexSettings index, Environment env, String name, Settings settings) {
            super(index, settings, name);
            words = userDictionary(env, settings);
            mode = mode(settings);
            discardPunctuation = settings.getAsBoolean("discard_punctuation", true);
        }

        @Override
        public Tokenizer create() {
            return new KoreanTokenizer(KoreanTokenizer.DEFAULT_TOKEN_ATTRIBUTE_FACTORY, words, mode, false, discardPunctuation);
        }
    }

    private static final class NoriAnalyzer extends AbstractIndexAnalyzerProvider<KoreanAnalyzer> {
        private final KoreanAnalyzer analyzer;

        NoriAnalyzer(IndexSettings index, Environment env, String name, Settings settings) {
            super(index, name, settings);
            analyzer = new KoreanAnalyzer(userDictionary(env, settings), mode(settings), stopTags(settings), false);
        }

        @Override
        public KoreanAnalyzer get() {
            return analyzer;
        }
    }

    private static DecompoundMode mode(Settings settings) {
        String value = settings.get("decompound_mode", KoreanTokenizer.DEFAULT_DECOMPOUND.name());
        return DecompoundMode.valueOf(value.toUpperCase(Locale.ROOT));
    }

    private static Set<POS.Tag> stopTags(Settings settings) {
        List<String> names = settings.getAsList("stoptags", null);
        if (names == null) {
            return KoreanPartOfSpeechStopFilter.DEFAULT_STOP_TAGS;
        }
        Set<POS.Tag> tags = EnumSet.noneOf(POS.Tag.class);
        names.forEach(name -> tags.add(POS.resolveTag(name)));
        return tags;
    }

    /** Reads user_dictionary (a file under the config folder) or user_dictionary_rules (a list). */
    private static UserDictionary userDictionary(Environment env, Settings settings) {
        List<String> lines = Analysis.parseWordList(env, settings, "user_dictionary", "user_dictionary_rules", line -> line);
        if (lines == null || lines.isEmpty()) {
            return null;
        }
        try {
            return UserDictionary.open(new StringReader(String.join("\n", lines)));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the Korean user dictionary", e);
        }
    }
}
