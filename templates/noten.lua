-- Van de HTML van de brief naar Word: noten, koppen, alinea's met een naam en merktekens. De opmaak zelf staat in
-- reference.docx; hier staat alleen welke opmaak bij welke klasse van de HTML hoort. (pandoc --lua-filter)

local alineas = {
  aanhef = "Aanhef", betreft = "Gegeven", briefaanhef = "Briefaanhef", briefafzender = "Briefafzender",
  brieffunctie = "Brieffunctie", briefnaam = "Briefnaam", briefadres = "Briefadres", briefslot = "Briefslot", bron = "Kaderbron", conceptmerk = "Conceptmerk", aan = "Aan", dagtekening = "Dagtekening", datumregel = "Datumregel", dossier = "Dossier", gegeven = "Gegeven", inhoud = "TOC Heading",
  kamer = "Kamer", vergaderjaar = "Vergaderjaar",
  kader = "Kader", kaderkop = "Kaderkop", logo = "Logo", ondertekening = "Kaderondertekening", ondertitel = "Subtitle",
}
local woorden = { hiaat = "Hiaat", label = "Label", pm = "Openstaand punt" }

local function opgemaakt(inhoud, opmaak)
  return pandoc.Div(inhoud, { ["custom-style"] = opmaak })
end

local function gevonden(element, namen)
  for _, klasse in ipairs(element.classes) do
    if namen[klasse] then return namen[klasse] end
  end
end

-- Ieder onderdeel van een lijst krijgt een eigen opmaak.
local function lijst(opmaak)
  return function(lijst)
    for nummer, onderdeel in ipairs(lijst.content) do
      lijst.content[nummer] = { opgemaakt({ pandoc.Para(onderdeel[1].content) }, opmaak) }
    end
    return lijst, false
  end
end

local tekst = {
  Span = function(span)
    if span.classes:includes("noot") then return pandoc.Note({ pandoc.Para(span.content) }) end
    if span.classes:includes("eindverwijzing") then return nil end
    local opmaak = gevonden(span, woorden)
    if span.attributes.lang and not opmaak then return pandoc.Span(span.content, { lang = span.attributes.lang }) end
    if not opmaak then return span.content end
    return pandoc.Span(span.content, { ["custom-style"] = opmaak })
  end,
}

local lange_aanhef = 300 -- tekens

local blokken = {
  traverse = "topdown",

  -- De titel is geen kop van Word; de koppen beginnen bij 1.
  Header = function(kop)
    if kop.classes:includes("betreft") then
      kop.content:insert(3, pandoc.RawInline("openxml", "<w:r><w:tab/></w:r>"))
      return opgemaakt({ pandoc.Para(kop.content) }, "Gegeven"), false
    end
    if kop.level == 1 then return opgemaakt({ pandoc.Para(kop.content) }, "Title"), false end
    kop.level = kop.level - 1
    return kop, false
  end,

  BulletList = lijst("List Bullet"),
  OrderedList = lijst("List Number"),

  -- Van de inhoudsopgave blijft alleen de kop over: Word maakt de regels zelf.
  Div = function(div)
    if div.classes:includes("eindnoot") then
      div.attributes["custom-style"] = "Footnote Text"
      div.content[1].content:insert(3, pandoc.RawInline("openxml", "<w:r><w:tab/></w:r>"))
      return div, false
    end
    if div.classes:includes("wijzigingen") then
      return div:walk({ BulletList = lijst("Wijzigingenlijst") }).content, false
    end
    local opmaak = gevonden(div, alineas)
    if not opmaak then return nil end
    -- Een lange aanhef die bij haar lijst moet blijven, laat in LibreOffice de kop erboven alleen achter.
    if opmaak == "Aanhef" and #pandoc.utils.stringify(div.content) > lange_aanhef then return div.content, false end
    if opmaak == "Gegeven" or opmaak == "Datumregel" then
      div.content[1].content:insert(3, pandoc.RawInline("openxml", "<w:r><w:tab/></w:r>"))
    elseif opmaak == "TOC Heading" then
      return opgemaakt({ pandoc.Para(div.content[1].content) }, opmaak), false
    elseif opmaak == "Kader" then
      div = div:walk({ BulletList = lijst("Kaderlijst"), OrderedList = lijst("Kaderlijst") })
      local inhoud = div.content:map(function(blok)
        local binnen = blok.t == "Div" and gevonden(blok, alineas)
        if binnen then return opgemaakt(blok.content, binnen == "Aanhef" and opmaak or binnen) end
        return blok.t == "Para" and opgemaakt({ blok }, opmaak) or blok
      end)
      return inhoud, false
    end
    return opgemaakt(div.content, opmaak), false
  end,
}

return { tekst, blokken }
